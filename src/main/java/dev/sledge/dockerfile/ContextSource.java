package dev.sledge.dockerfile;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One source of a {@code COPY} or {@code ADD} in the build context, its variables replaced.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#source">COPY: source</a>
 */
public final class ContextSource {
    private static final String WILDCARDS = "*?[";

    private final String path;
    private final boolean parents;

    /** @param parents whether the files keep their directories, as {@code --parents} asks for */
    public ContextSource(String source, boolean parents) {
        var cleaned = CleanPath.of("/" + source).substring(1);
        this.path = cleaned;
        this.parents = parents;
    }

    /** The path in the context, or the pattern, without superfluous slashes and dots; empty for the whole context. */
    public String path() {
        return path;
    }

    /** Whether it is the whole context. */
    public boolean isWhole() {
        return path.isEmpty();
    }

    /** Whether it may name several files or directories. */
    public boolean isPattern() {
        return path.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
    }

    /**
     * Those of {@code paths} that it takes, each with the path that it gets below the destination: a directory gives its
     * content, a file its name.
     *
     * @param paths files relative to the context, without those that the ignore file leaves out
     */
    public SortedMap<String, String> taken(NavigableSet<String> paths) {
        var taken = new TreeMap<String, String>();
        if (isPattern()) {
            match(paths, taken);
        } else if (path.isEmpty()) {
            paths.forEach(file -> taken.put(file, file));
        } else if (paths.contains(path)) {
            taken.put(path, parents ? path : name(path));
        } else {
            // '0' follows '/' in the order of characters.
            for (var file : paths.subSet(path + "/", path + "0")) {
                taken.put(file, parents ? file : file.substring(path.length() + 1));
            }
        }
        return Collections.unmodifiableSortedMap(taken);
    }

    private void match(NavigableSet<String> paths, SortedMap<String, String> taken) {
        if (PatternSyntax.fault(path).isPresent()) return;
        try {
            var pattern = IgnorePattern.of(path);
            for (var file : paths) {
                for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
                    if (!taken.containsKey(file) && pattern.matches(file.substring(0, slash))) {
                        taken.put(file, parents ? file : file.substring(slash + 1));
                    }
                }
                if (!taken.containsKey(file) && pattern.matches(file)) taken.put(file, parents ? file : name(file));
            }
        } catch (MalformedRegexp malformed) {
            // A source that is no pattern takes nothing; the build says so.
            taken.clear();
        }
    }

    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
