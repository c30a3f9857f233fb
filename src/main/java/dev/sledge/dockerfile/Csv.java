package dev.sledge.dockerfile;

import java.util.ArrayList;
import java.util.List;

/**
 * One record of comma-separated values, as {@code --mount} and {@code --device} use it.
 *
 * @see <a href="https://pkg.go.dev/github.com/tonistiigi/go-csvvalue">csvvalue.Fields</a>
 */
sealed interface Csv {
    record Fields(List<String> values) implements Csv {
        public Fields {
            values = List.copyOf(values);
        }
    }

    record Malformed(String why) implements Csv {}

    /** Fields in double quotes may hold commas, and two quotes for one. */
    static Csv read(String text) {
        if (text.isEmpty()) return new Malformed("it is empty");
        var fields = new ArrayList<String>();
        int at = 0;
        while (true) {
            var field = new StringBuilder();
            if (at < text.length() && text.charAt(at) == '"') {
                at = quoted(text, at + 1, field);
                if (at < 0) return new Malformed("a quoted field does not end");
                if (at < text.length() && text.charAt(at) != ',') {
                    return new Malformed("a quoted field is followed by other text");
                }
            } else {
                int end = text.indexOf(',', at);
                if (end < 0) end = text.length();
                field.append(text, at, end);
                if (field.indexOf("\"") >= 0) return new Malformed("a quote stands inside a field without quotes");
                at = end;
            }
            fields.add(field.toString());
            if (at >= text.length()) return new Fields(fields);
            at++;
        }
    }

    /** Reads up to the closing quote; returns the place after it, or -1 if there is none. */
    private static int quoted(String text, int start, StringBuilder field) {
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) != '"') {
                field.append(text.charAt(i));
            } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else {
                return i + 1;
            }
        }
        return -1;
    }
}
