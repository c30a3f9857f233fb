package dev.sledge.dockerfile;

import java.util.regex.Pattern;

/**
 * The replacement of {@code ${V//pattern/replacement}}, in which BuildKit lets Go's regular expressions look for groups.
 *
 * @see <a href="https://pkg.go.dev/regexp#Regexp.Expand">Regexp.Expand</a>
 */
final class ReplacementText {
    private static final Pattern GROUP = Pattern.compile("\\$(?:\\$|([\\p{L}\\p{Nd}_]+)|\\{([\\p{L}\\p{Nd}_]+)\\})");

    private final String text;

    ReplacementText(String text) {
        this.text = text;
    }

    /** What replaces {@code match}: {@code $0} is the match itself, {@code $$} a dollar, other groups are empty. */
    String of(String match) {
        if (text.indexOf('$') < 0) return text;
        var group = GROUP.matcher(text);
        var expanded = new StringBuilder();
        while (group.find()) {
            group.appendReplacement(expanded, "");
            if (group.group().equals("$$")) expanded.append('$');
            if (group.group().equals("$0") || group.group().equals("${0}")) expanded.append(match);
        }
        return group.appendTail(expanded).toString();
    }
}
