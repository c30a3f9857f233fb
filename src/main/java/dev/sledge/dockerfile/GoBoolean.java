package dev.sledge.dockerfile;

import java.util.Set;

/**
 * The words that Go takes for true and false.
 *
 * @see <a href="https://pkg.go.dev/strconv#ParseBool">strconv.ParseBool</a>
 */
final class GoBoolean {
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

    private GoBoolean() {}

    /** Whether {@code word} is one of them. */
    static boolean isOne(String word) {
        return isTrue(word) || FALSE.contains(word);
    }

    static boolean isTrue(String word) {
        return TRUE.contains(word);
    }
}
