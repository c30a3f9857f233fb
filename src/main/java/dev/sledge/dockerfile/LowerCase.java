package dev.sledge.dockerfile;

/**
 * Small letters as Go makes them: letter by letter, whatever stands beside it.
 *
 * <p>Java's own way knows the end of a Greek word, and its capital letters know a long s; BuildKit knows neither.
 *
 * @see <a href="https://pkg.go.dev/strings#ToLower">strings.ToLower</a>
 */
final class LowerCase {
    private LowerCase() {}

    static String of(String text) {
        int i = 0;
        while (i < text.length() && isPlain(text.charAt(i))) i++;
        if (i == text.length()) return text;
        var lower = new StringBuilder(text.length());
        text.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
        return lower.toString();
    }

    private static boolean isPlain(char c) {
        return c < 'A' || (c > 'Z' && c < 0x80);
    }
}
