package dev.sledge.advice;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the last commits changed.
 *
 * @param commits for each commit, newest first, the paths that it changed, added or removed, relative to the context;
 *     empty if nothing is known
 */
public record History(List<Set<String>> commits) {
    /** A repository of which nothing but the files of today is known. */
    public static final History UNKNOWN = new History(List.of());

    /** So few commits tell nothing about those to come. */
    private static final int TOO_FEW = 10;

    public History {
        commits = commits.stream().<Set<String>>map(Set::copyOf).toList();
    }

    /** Whether there are enough commits to conclude from. */
    boolean tells() {
        return commits.size() >= TOO_FEW;
    }

    int size() {
        return commits.size();
    }

    /** How many commits changed a path of {@code these}, and none of {@code those}. */
    int changed(Predicate<String> these, Predicate<String> those) {
        return (int) commits.stream()
                .filter(paths ->
                        paths.stream().anyMatch(these) && paths.stream().noneMatch(those))
                .count();
    }
}
