package dev.sledge.advice;

import dev.sledge.dockerfile.Command;
import dev.sledge.dockerfile.Instruction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The lines that put an install before the copy of the sources; they replace the copy and the {@code RUN}. */
final class EarlierInstall {
    private static final Pattern FLAGS = Pattern.compile("^\\S+\\s+((?:--\\S+\\s+)*)");

    private final Review review;
    private final EarlyCopy early;

    EarlierInstall(Review review, EarlyCopy early) {
        this.review = review;
        this.early = early;
    }

    String text() {
        var lines = new ArrayList<String>();
        if (early.install().kind() == Install.Kind.INDEPENDENT) {
            lines.add(Pasted.line(early.run()));
            lines.add(Pasted.line(early.copy()));
            return String.join("\n", lines);
        }
        lines.addAll(copies());
        lines.add(run(before() + withDirectory(download())));
        lines.add(Pasted.line(early.copy()));
        lines.addAll(rest());
        // What is fetched into a mount that is lost would be fetched again, whatever the order of the lines.
        boolean lost = review.mounts() == Review.Mounts.LOST
                && early.install().ecosystem().fetchesIntoHome();
        var text = String.join("\n", lines);
        return lost ? Pasted.withoutCacheMounts(text) : text;
    }

    private String download() {
        return Pasted.line(early.install().ecosystem().download(early.install(), early.project()));
    }

    /** What stands before the install in its {@code RUN} and needs no source either, such as settings of its program. */
    private String before() {
        var commands = ShellScript.commands(early.run());
        int place = Math.max(0, commands.indexOf(early.install().command()));
        return commands.subList(0, place).stream()
                .filter(command -> !command.is("cd") && isBefore(command))
                .map(command -> command.text() + " && ")
                .collect(Collectors.joining());
    }

    private boolean isBefore(ShellCommand command) {
        boolean settings = command.program().equals(early.install().command().program())
                && command.arguments().contains("config");
        return settings || Installs.isBeside(command);
    }

    private String withDirectory(String command) {
        var directory = early.install().command().directory();
        return directory.isEmpty() ? command : "cd " + directory + " && " + command;
    }

    /** A {@code RUN} with the mounts and other flags of the one that is replaced. */
    private String run(String command) {
        var flags = FLAGS.matcher(early.run().source());
        return "RUN " + (flags.find() ? flags.group(1) : "") + command;
    }

    /** What of the {@code RUN} is left to be done once the sources are there. */
    private List<String> rest() {
        var preparation = early.install().ecosystem().preparation(early.project());
        if (early.install().kind() == Install.Kind.BUILD) {
            var line = Pasted.line(early.run());
            if (preparation.isEmpty()) return List.of(line);
            var flags = FLAGS.matcher(line);
            int start = flags.find() ? flags.end() : 0;
            return List.of(line.substring(0, start) + withDirectory(preparation) + " && " + line.substring(start));
        }
        var commands = ShellScript.commands(early.run());
        int place = commands.indexOf(early.install().command());
        var others = IntStream.range(0, commands.size())
                .filter(i -> i != place
                        && (i > place
                                || !isBefore(commands.get(i))
                                || commands.get(i).is("cd")))
                .mapToObj(commands::get)
                .toList();
        boolean nothing = others.stream().allMatch(command -> command.is("cd") || command.is("set"));
        if (nothing) return List.of();
        var joined = commands.stream().map(ShellCommand::text).collect(Collectors.joining(" && "));
        boolean plain = early.run().command() instanceof Command.Shell(var line)
                && line.replaceAll("\\s+", " ").equals(joined.replaceAll("\\s+", " "));
        return plain
                ? List.of(run(others.stream().map(ShellCommand::text).collect(Collectors.joining(" && "))))
                : List.of("# then line " + early.run().lines().first() + " without: "
                        + early.install().command().text());
    }

    /** Copies of the manifests to where they lie now, as few as possible. */
    private List<String> copies() {
        var byDirectory = new TreeMap<String, TreeSet<String>>();
        early.manifests().forEach((image, file) -> {
            var whole = wholeDirectory(image, file);
            if (whole.isEmpty()) {
                byDirectory
                        .computeIfAbsent(ImagePath.parent(image), unseen -> new TreeSet<>())
                        .add(file);
            } else {
                var target = image.substring(0, image.length() - file.length() + whole.length());
                byDirectory.computeIfAbsent(target, unseen -> new TreeSet<>()).add(whole + "/");
            }
        });
        var lines = new ArrayList<String>();
        byDirectory.forEach((image, files) -> lines.add(copy(files, destination(image.isEmpty() ? "/" : image))));
        return lines;
    }

    /** The highest directory of the context that holds {@code file}, and nothing that the install does not need. */
    private String wholeDirectory(String image, String file) {
        for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
            var directory = file.substring(0, slash);
            boolean needed = early.needed().containsAll(review.context().below(directory));
            if (needed && image.endsWith("/" + file)) return directory;
        }
        return "";
    }

    private String destination(String image) {
        var path = ImagePath.from(early.workdir(), image);
        return path.equals(".") ? "./" : path.endsWith("/") ? path : path + "/";
    }

    private String copy(Collection<String> sources, String destination) {
        var flags = early.copy() instanceof Instruction.Copy copy ? flags(copy.files()) : "";
        boolean blanks = sources.stream().anyMatch(source -> source.contains(" "));
        var words = new ArrayList<>(sources);
        words.add(destination);
        return blanks
                ? "COPY " + flags
                        + words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", ", "[", "]"))
                : "COPY " + flags + String.join(" ", words);
    }

    private static String flags(Instruction.Files files) {
        return (files.chown().isEmpty() ? "" : "--chown=" + files.chown() + " ")
                + (files.chmod().isEmpty() ? "" : "--chmod=" + files.chmod() + " ")
                + (files.link() ? "--link " : "");
    }
}
