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
        while (i < text.length() && isSmallAscii(text.charAt(i))) i++;
        if (i == text.length()) return text;
        var lower = new StringBuilder(text.length());
        int letter;
        for (int at = 0; at < text.length(); at += Character.charCount(letter)) {
            letter = text.codePointAt(at);
            lower.appendCodePoint(Character.toLowerCase(letter));
        }
        return lower.toString();
    }

    private static boolean isSmallAscii(char c) {
        return c < 'A' || (c > 'Z' && c < 0x80);
    }
}
