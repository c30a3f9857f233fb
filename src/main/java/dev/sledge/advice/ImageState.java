package dev.sledge.advice;

import dev.sledge.dockerfile.ContextSource;
import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.Instruction.Declaration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is known of an image while its stage is gone through: the working directory, the variables with a known value,
 * and which file of the context lies where.
 *
 * <p>A variable without a known value stays as it is written, so that the same text still means the same place. The
 * working directory of a base image is not known and taken for the root.
 */
final class ImageState {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:([A-Za-z_]\\w*)|\\{([A-Za-z_]\\w*)(?::?-([^}]*))?})");

    private final BuildContext context;
    private final Map<String, String> globalArgs;
    private final Map<String, String> variables = new HashMap<>();
    private final NavigableMap<String, String> files = new TreeMap<>();
    private String workdir = "/";

    /** Of an image whose files nobody asks for. */
    static ImageState withoutFiles(Map<String, String> globalArgs) {
        return new ImageState(BuildContext.EMPTY, globalArgs);
    }

    ImageState(BuildContext context, Map<String, String> globalArgs) {
        this.context = context;
        this.globalArgs = globalArgs;
    }

    /**
     * What one instruction took from the context.
     *
     * @param files paths in the context by paths in the image
     * @param whole whether a source is the context itself
     * @param directory whether a source is a directory
     */
    record Brought(Map<String, String> files, boolean whole, boolean directory) {
        static final Brought NOTHING = new Brought(Map.of(), false, false);
    }

    String workdir() {
        return workdir;
    }

    /** The path in the context of the file that was copied to {@code path}. */
    Optional<String> origin(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** The copied files below a directory of the image: paths in the context by paths in the image. */
    NavigableMap<String, String> below(String directory) {
        var start = directory.endsWith("/") ? directory : directory + "/";
        var end = start.substring(0, start.length() - 1) + "0";
        return Collections.unmodifiableNavigableMap(files.subMap(start, true, end, false));
    }

    /** Replaces the variables that are known. */
    String expand(String text) {
        var plain = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
        return VARIABLE.matcher(plain).replaceAll(match -> {
            var name = match.group(1) == null ? match.group(2) : match.group(1);
            var otherwise = match.group(3) == null ? match.group() : match.group(3);
            return Matcher.quoteReplacement(variables.getOrDefault(name, otherwise));
        });
    }

    /** Goes past {@code instruction}; gives what it took from the context. */
    Brought pass(Instruction instruction) {
        if (instruction instanceof Instruction.Workdir(var written, var path)) {
            workdir = ImagePath.of(workdir, expand(path));
        } else if (instruction instanceof Instruction.Env(var written, var assignments)) {
            assignments.forEach(pair -> variables.put(pair.name(), expand(pair.value())));
        } else if (instruction instanceof Instruction.Arg(var written, var declarations)) {
            declarations.forEach(this::declare);
        } else if (instruction instanceof Instruction.Copy copy && copy.from().isEmpty()) {
            return bring(copy.files(), copy.parents());
        } else if (instruction instanceof Instruction.Add add) {
            return bring(add.files(), false);
        }
        return Brought.NOTHING;
    }

    private void declare(Declaration declaration) {
        switch (declaration) {
            case Declaration.WithDefault(var name, var value) -> variables.put(name, expand(value));
            case Declaration.Plain(var name) -> {
                var value = globalArgs.getOrDefault(name, "");
                if (!value.isEmpty()) variables.put(name, value);
            }
        }
    }

    private Brought bring(Instruction.Files copied, boolean parents) {
        var destination = expand(copied.destination());
        var target = ImagePath.of(workdir, destination);
        // What is taken has no dots or double slashes any more.
        var prefix = target.endsWith("/") || target.isEmpty() ? target : target + "/";
        var brought = new LinkedHashMap<String, String>();
        boolean whole = false;
        boolean tree = false;
        for (var written : copied.sources()) {
            if (ContextCopies.isRemote(written)) continue;
            var source = new ContextSource(expand(written), parents);
            var taken = source.taken(context.sent());
            boolean directory = destination.endsWith("/")
                    || target.equals(workdir)
                    || copied.sources().size() > 1
                    || source.isPattern()
                    || source.isWhole()
                    || !below(target).isEmpty()
                    || parents
                    || !taken.containsKey(source.path());
            taken.forEach((file, below) -> brought.put(directory ? prefix + below : target, file));
            whole |= source.isWhole();
            // A pattern that reaches into directories copies what lies in them.
            boolean deep = taken.keySet().stream().anyMatch(file -> file.contains("/"));
            tree |= source.isWhole() || (source.isPattern() ? deep : !taken.containsKey(source.path()));
        }
        files.putAll(brought);
        return new Brought(brought, whole, tree);
    }
}
