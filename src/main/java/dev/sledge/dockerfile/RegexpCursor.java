package dev.sledge.dockerfile;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The characters of a regular expression, and a place among them. */
final class RegexpCursor {
    private final String text;
    private int at;

    RegexpCursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    boolean startsWith(String start) {
        return text.startsWith(start, at);
    }

    /** Passes {@code start} if it stands here. */
    boolean skip(String start) {
        if (!startsWith(start)) return false;
        at += start.length();
        return true;
    }

    /** What stands between {@code start}, which must be here, and {@code end}, with both passed. */
    Optional<String> between(String start, String end) {
        int from = at + start.length();
        int found = startsWith(start) ? text.indexOf(end, from) : -1;
        if (found < 0) return Optional.empty();
        at = found + end.length();
        return Optional.of(text.substring(from, found));
    }

    /** What {@code pattern} matches here, passed; empty if it does not match. */
    Optional<MatchResult> skip(Pattern pattern) {
        var matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) return Optional.empty();
        at = matcher.end();
        return Optional.of(matcher.toMatchResult());
    }

    /** The character after the backslash that stands here; a backslash if none does. */
    char escaped() {
        return startsWith("\\") && at + 1 < text.length() ? text.charAt(at + 1) : '\\';
    }

    /** One character, escaped or not. */
    int character() throws MalformedRegexp {
        int c = next();
        if (c != '\\') return c;
        int escaped = next();
        return switch (escaped) {
            case 'a' -> 0x07;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            case 'x' -> startsWith("{") ? braced() : digit(next()) * 16 + digit(next());
            default -> {
                if (isOctal(escaped) && (escaped == '0' || isOctal(peek()))) yield octal(escaped - '0');
                if (escaped >= 0x80 || (GoRegexp.isWord(escaped) && escaped != '_')) throw escape(escaped);
                yield escaped;
            }
        };
    }

    /** The number in {@code \x{…}}. */
    private int braced() throws MalformedRegexp {
        at++;
        int value = 0;
        boolean empty = true;
        for (int c = next(); c != '}'; c = next()) {
            value = value * 16 + digit(c);
            empty = false;
            if (value > Character.MAX_CODE_POINT) throw escape('x');
        }
        if (empty) throw escape('x');
        return value;
    }

    private static int digit(int c) throws MalformedRegexp {
        int digit = c > 0x7f ? -1 : Character.digit(c, 16);
        if (digit < 0) throw escape('x');
        return digit;
    }

    private int octal(int first) throws MalformedRegexp {
        int value = first;
        for (int i = 1; i < 3 && isOctal(peek()); i++) value = value * 8 + next() - '0';
        return value;
    }

    private static MalformedRegexp escape(int c) {
        return new MalformedRegexp("'\\" + Character.toString(c) + "' escapes what needs no escape");
    }

    int peek() {
        return at < text.length() ? text.codePointAt(at) : GoRegexp.NONE;
    }

    private int next() throws MalformedRegexp {
        int c = peek();
        if (c == GoRegexp.NONE) throw new MalformedRegexp("it ends too early");
        at += Character.charCount(c);
        return c;
    }

    private static boolean isOctal(int c) {
        return '0' <= c && c <= '7';
    }
}
