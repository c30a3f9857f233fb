package dev.sledge.webhook;

import dev.sledge.event.Repository;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The repositories that a secret may speak for, by their full names: {@code octocat/hello-world}, {@code octocat/*} for all below
 * {@code octocat}, {@code *} for all of the forge. Names are compared without regard to case, as the forges do.
 */
public record RepositoryNames(List<String> patterns) {
    private static final Pattern PATTERN = Pattern.compile("\\*|[^*\\s]+(/\\*)?");

    /** Every repository of the forge: for a forge where only trusted people can see the secret. */
    public static final RepositoryNames ALL = new RepositoryNames(List.of("*"));

    public RepositoryNames {
        patterns = patterns.stream()
                .map(pattern -> pattern.toLowerCase(Locale.ROOT))
                .toList();
        if (patterns.isEmpty()) {
            throw new IllegalArgumentException("no repository is named: the secret could speak for none");
        }
        for (var pattern : patterns) {
            if (!PATTERN.matcher(pattern).matches()) {
                throw new IllegalArgumentException(
                        "'" + pattern + "' names no repository; write owner/name, owner/* or *");
            }
        }
    }

    /** Reads names that are separated by blanks or commas. */
    public static RepositoryNames parse(String text) {
        return new RepositoryNames(Arrays.stream(text.split("[\\s,]+"))
                .filter(name -> !name.isEmpty())
                .toList());
    }

    public boolean contain(Repository repository) {
        var name = repository.fullName().toLowerCase(Locale.ROOT);
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    /** Whether there may be a repository that both contain. */
    boolean overlap(RepositoryNames other) {
        return patterns.stream().anyMatch(one -> other.patterns.stream().anyMatch(two -> meet(one, two)));
    }

    private static boolean meet(String one, String two) {
        // A pattern is matched by every name below it, and a pattern below it is one of those.
        return matches(one, two) || matches(two, one);
    }

    private static boolean matches(String pattern, String name) {
        return pattern.equals("*")
                || (pattern.endsWith("/*")
                        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                        : name.equals(pattern));
    }
}
