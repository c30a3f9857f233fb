package dev.sledge.dockerfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads JSON as Go's {@code encoding/json} does, without recursion: argument lists, and the syntax of a whole file.
 *
 * <p>What is no JSON at all is the shell form; what is a JSON array of other things than strings is an error.
 */
final class Json {
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

    /** Where {@code encoding/json} gives up. */
    private static final int DEEPEST = 10_000;

    private static final Pattern SCALAR =
            Pattern.compile("true|false|null|-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+");
    private static final Pattern STRING =
            Pattern.compile("\"(?:[^\"\\\\\\x00-\\x1f]++|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+\"");

    private final String text;
    private final Deque<Character> open = new ArrayDeque<>();
    private final List<String> strings = new ArrayList<>();
    private boolean onlyStrings = true;
    private final String name;
    private String key = "";
    private Optional<String> member = Optional.empty();
    private int at;

    private Json(String text, String name) {
        this.text = text;
        this.name = name;
    }

    /** Reads an argument list. */
    static Reading array(String text) {
        return text.startsWith("[") ? new Json(text, "").array() : new Reading.NotAnArray();
    }

    /** The member {@code name} of the object that {@code text} is; empty if there is none, or it is no string. */
    static Optional<String> member(String text, String name) {
        var json = new Json(text, name);
        return json.isValid() ? json.member : Optional.empty();
    }

    private Reading array() {
        if (!isValid()) return new Reading.NotAnArray();
        return onlyStrings ? new Reading.Strings(strings) : new Reading.OtherElements();
    }

    private boolean isValid() {
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
        return expect == Expect.NOTHING;
    }

    private Expect value() {
        char c = text.charAt(at);
        boolean wanted = open.size() == 1 && open.getFirst() == '{' && key.equals(name);
        if (wanted) member = Optional.empty();
        if (c == '[' || c == '{') {
            if (!open.isEmpty()) onlyStrings = false;
            if (open.size() == DEEPEST) return Expect.INVALID;
            open.push(c);
            at++;
            return c == '[' ? Expect.VALUE_OR_END : Expect.KEY_OR_END;
        }
        if (c != '"') {
            onlyStrings = false;
            if (!token(SCALAR)) return Expect.INVALID;
            return open.isEmpty() ? Expect.NOTHING : Expect.COMMA_OR_END;
        }
        int start = at;
        if (!token(STRING)) return Expect.INVALID;
        var string = unescaped(text.substring(start + 1, at - 1));
        if (open.size() == 1) strings.add(string);
        if (wanted) member = Optional.of(string);
        return open.isEmpty() ? Expect.NOTHING : Expect.COMMA_OR_END;
    }

    private Expect key() {
        int start = at;
        if (!token(STRING)) return Expect.INVALID;
        if (open.size() == 1) key = unescaped(text.substring(start + 1, at - 1));
        return Expect.COLON;
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
