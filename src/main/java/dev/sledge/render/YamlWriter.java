package dev.sledge.render;

import java.util.List;
import java.util.regex.Pattern;

/** Writes the little YAML that a buildspec needs: mappings, lists of commands, and text that reads back exactly. */
final class YamlWriter {
    /** What YAML reads back as the same text without quotes, in every schema. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_./][^\\n\\t]*");

    private static final Pattern MEANS_SOMETHING =
            Pattern.compile("(?i)true|false|yes|no|on|off|y|n|null|\\.nan|\\.inf|.*:( .*)?|.* #.*|.*: .*|.* |\\..*|/");

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
            if (value.contains("\n")) {
                block(depth + 1, value);
            } else {
                text.append(scalar(value)).append('\n');
            }
        }
        return this;
    }

    /** A literal block without a final line break; its lines must not begin with a space in the first place. */
    private void block(int depth, String value) {
        text.append("|-\n");
        value.lines()
                .forEach(line -> text.append(line.isEmpty() ? "" : "  ".repeat(depth) + line)
                        .append('\n'));
    }

    private static String scalar(String value) {
        if (PLAIN.matcher(value).matches() && !MEANS_SOMETHING.matcher(value).matches()) {
            return value;
        }
        return "'" + value.replace("'", "''") + "'";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
