package dev.sledge.dockerfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the JSON form of an argument list as Go's {@code encoding/json} does, without recursion.
 *
 * <p>What is no JSON at all is the shell form; what is a JSON array of other things than strings is an error.
 */
final class JsonArray {
    /** What a text turns out to be. */
    sealed interface Reading {
        record Strings(List<String> elements) implements Reading {
            public Strings {
                elements = List.copyOf(elements);
            }
        }

        record OtherElements() implements Reading {}

        record NotAnArray() implements Reading {}
    }

    /** What may come next. */
    private enum Expect {
        VALUE,
        VALUE_OR_END,
        KEY,
        KEY_OR_END,
        COLON,
        COMMA_OR_END,
        NOTHING,
        INVALID
    }

    private static final Pattern SCALAR =
            Pattern.compile("true|false|null|-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+");
    private static final Pattern STRING =
            Pattern.compile("\"(?:[^\"\\\\\\x00-\\x1f]++|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+\"");

    private final String text;
    private final Deque<Character> open = new ArrayDeque<>();
    private final List<String> strings = new ArrayList<>();
    private boolean onlyStrings = true;
    private int at;

    private JsonArray(String text) {
        this.text = text;
    }

    static Reading read(String text) {
        return text.startsWith("[") ? new JsonArray(text).array() : new Reading.NotAnArray();
    }

    private Reading array() {
        var expect = Expect.VALUE;
        while (expect != Expect.INVALID) {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
            if (at == text.length()) break;
            expect = switch (expect) {
                case VALUE -> value();
                case VALUE_OR_END -> text.charAt(at) == ']' ? close(']') : value();
                case KEY -> key();
                case KEY_OR_END -> text.charAt(at) == '}' ? close('}') : key();
                case COLON -> text.charAt(at++) == ':' ? Expect.VALUE : Expect.INVALID;
                case COMMA_OR_END -> commaOrEnd();
                case NOTHING, INVALID -> Expect.INVALID;
            };
        }
        if (expect != Expect.NOTHING) return new Reading.NotAnArray();
        return onlyStrings ? new Reading.Strings(strings) : new Reading.OtherElements();
    }

    private Expect value() {
        char c = text.charAt(at);
        if (c == '[' || c == '{') {
            if (!open.isEmpty()) onlyStrings = false;
            open.push(c);
            at++;
            return c == '[' ? Expect.VALUE_OR_END : Expect.KEY_OR_END;
        }
        if (c != '"') {
            onlyStrings = false;
            return token(SCALAR) ? Expect.COMMA_OR_END : Expect.INVALID;
        }
        int start = at;
        if (!token(STRING)) return Expect.INVALID;
        if (open.size() == 1) strings.add(unescaped(text.substring(start + 1, at - 1)));
        return Expect.COMMA_OR_END;
    }

    private Expect key() {
        return token(STRING) ? Expect.COLON : Expect.INVALID;
    }

    private Expect commaOrEnd() {
        char c = text.charAt(at);
        if (c != ',') return close(c);
        at++;
        return open.getFirst() == '{' ? Expect.KEY : Expect.VALUE;
    }

    private Expect close(char bracket) {
        if (bracket != (open.getFirst() == '{' ? '}' : ']')) return Expect.INVALID;
        open.pop();
        at++;
        return open.isEmpty() ? Expect.NOTHING : Expect.COMMA_OR_END;
    }

    private boolean token(Pattern pattern) {
        var matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) return false;
        at = matcher.end();
        return true;
    }

    private static String unescaped(String raw) {
        var plain = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char escaped = raw.charAt(++i);
            switch (escaped) {
                case 'b' -> plain.append('\b');
                case 'f' -> plain.append('\f');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 't' -> plain.append('\t');
                case 'u' -> {
                    plain.append((char) Integer.parseInt(raw.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> plain.append(escaped);
            }
        }
        return plain.toString();
    }
}
