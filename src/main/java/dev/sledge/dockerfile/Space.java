package dev.sledge.dockerfile;

import java.util.ArrayList;
import java.util.List;

/**
 * What counts as white space, and how lines fall apart at it, in Go and so in BuildKit.
 *
 * @see <a href="https://pkg.go.dev/unicode#IsSpace">unicode.IsSpace</a>
 */
final class Space {
    private Space() {}

    static boolean isSpace(int c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || c == '\u0085'
                || c == '\u00a0'
                || c == '\u1680'
                || (c >= '\u2000' && c <= '\u200a')
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u202f'
                || c == '\u205f'
                || c == '\u3000';
    }

    static boolean isBlank(String text) {
        return trimLeft(text).isEmpty();
    }

    static String trimLeft(String text) {
        int start = 0;
        while (start < text.length() && isSpace(text.charAt(start))) start++;
        return text.substring(start);
    }

    static String trim(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) end--;
        return trimLeft(text.substring(0, end));
    }

    /** Trims what a regular expression's {@code \s} matches, which is less. */
    static String trimAscii(String text) {
        int end = text.length();
        while (end > 0 && isAscii(text.charAt(end - 1))) end--;
        return trimAsciiLeft(text.substring(0, end));
    }

    static String trimAsciiLeft(String text) {
        int start = 0;
        while (start < text.length() && isAscii(text.charAt(start))) start++;
        return text.substring(start);
    }

    private static boolean isAscii(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }

    /** Splits at the blanks that separate arguments, which are fewer than those that are trimmed. */
    static List<String> fields(String text) {
        var fields = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && !separates(text.charAt(i))) continue;
            if (i > start) fields.add(text.substring(start, i));
            start = i + 1;
        }
        return fields;
    }

    /** The place of the first blank that separates arguments, the length if there is none. */
    static int firstBlank(String text) {
        int i = 0;
        while (i < text.length() && !separates(text.charAt(i))) i++;
        return i;
    }

    /** What follows the run of blanks at {@code start}. */
    static String afterBlanks(String text, int start) {
        int i = start;
        while (i < text.length() && separates(text.charAt(i))) i++;
        return text.substring(i);
    }

    private static boolean separates(char c) {
        return c == ' ' || c == '\t' || c == '\u000b' || c == '\f' || c == '\r';
    }
}
