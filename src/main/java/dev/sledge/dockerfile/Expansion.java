package dev.sledge.dockerfile;

import java.util.Map;

/** A word with its variables replaced, or why that cannot be. */
sealed interface Expansion {
    record Expanded(String text) implements Expansion {}

    /** {@code why} is a clause that can follow the word, such as {@code syntax error: missing '}'}. */
    record Failed(String why) implements Expansion {}

    /**
     * Replaces variables and removes quotes and escapes, as BuildKit does in {@code FROM} and {@code --platform}.
     *
     * @param escape the file's escape character
     * @param variables those without an entry count as unset
     * @param effort bounds what the words of one file may expand to
     */
    static Expansion of(String word, char escape, Map<String, String> variables, Effort effort) {
        try {
            return new Expanded(
                    ShellWords.expanding(word, escape, variables, effort).text());
        } catch (MalformedWord malformed) {
            return new Failed(malformed.why());
        }
    }
}
