package dev.sledge.render;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes the little YAML that a buildspec needs: mappings, lists of commands, and text that reads back exactly.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/#chapter-5-character-productions">characters and escapes</a>
 */
final class YamlWriter {
    /** What YAML reads back as the same text without quotes, in every schema. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][ -~]*");

    private static final Pattern MEANS_SOMETHING =
            Pattern.compile("(?i)true|false|yes|no|on|off|y|n|null|.*:( .*)?|.* #.*|.* ");

    /** Characters that a reader hands on as they are, line feeds left aside; the others must be escaped. */
    private static final Pattern PRINTABLE = Pattern.compile(
            "[\t\\x20-\\x7e\\u00a0-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\x{10000}-\\x{10ffff}&&[^\\u2028\\u2029]]*");

    private final StringBuilder text = new StringBuilder();

    YamlWriter key(int depth, String key) {
        text.append("  ".repeat(depth)).append(key).append(":\n");
        return this;
    }

    YamlWriter entry(int depth, String key, String value) {
        text.append("  ".repeat(depth))
                .append(key)
                .append(": ")
                .append(scalar(value))
                .append('\n');
        return this;
    }

    YamlWriter blank() {
        text.append('\n');
        return this;
    }

    YamlWriter items(int depth, List<String> values) {
        for (var value : values) {
            text.append("  ".repeat(depth)).append("- ");
            if (isBlock(value)) {
                block(depth + 1, value);
            } else {
                text.append(scalar(value)).append('\n');
            }
        }
        return this;
    }

    /** Whether a literal block shows the text as it is: the first line tells the indentation, the last one has no line feed. */
    private static boolean isBlock(String value) {
        return value.contains("\n")
                && !value.endsWith("\n")
                && !value.startsWith("\n")
                && !value.startsWith(" ")
                && !value.startsWith("\t")
                && PRINTABLE.matcher(value.replace("\n", "")).matches();
    }

    private void block(int depth, String value) {
        text.append("|-\n");
        for (var line : value.split("\n", -1)) {
            text.append(line.isEmpty() ? "" : "  ".repeat(depth) + line).append('\n');
        }
    }

    private static String scalar(String value) {
        if (PLAIN.matcher(value).matches() && !MEANS_SOMETHING.matcher(value).matches()) {
            return value;
        }
        if (PRINTABLE.matcher(value).matches()) {
            return "'" + value.replace("'", "''") + "'";
        }
        var quoted = new StringBuilder("\"");
        value.codePoints().forEach(character -> escape(quoted, character));
        return quoted.append('"').toString();
    }

    private static void escape(StringBuilder quoted, int character) {
        if (character == '"' || character == '\\') {
            quoted.append('\\').appendCodePoint(character);
        } else if (character == '\n') {
            quoted.append("\\n");
        } else if (PRINTABLE.matcher(Character.toString(character)).matches()) {
            quoted.appendCodePoint(character);
        } else {
            quoted.append("\\u%04x".formatted(character));
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
