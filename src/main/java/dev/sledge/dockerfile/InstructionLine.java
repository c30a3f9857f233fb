package dev.sledge.dockerfile;

import java.util.ArrayList;
import java.util.List;

/**
 * One logical line, parted into keyword, flags and the rest.
 *
 * @param keyword as written
 * @param flags the words before the arguments that begin with {@code --}, their quotes removed
 * @param arguments what follows the flags, trimmed
 * @param source the whole logical line
 */
record InstructionLine(
        String keyword, List<String> flags, String arguments, String source, Lines lines, List<Heredoc> heredocs) {
    InstructionLine {
        flags = List.copyOf(flags);
        heredocs = List.copyOf(heredocs);
    }

    static InstructionLine of(String source, Lines lines, List<Heredoc> heredocs) {
        var trimmed = Space.trim(source);
        int end = Space.firstBlank(trimmed);
        var flags = new ArrayList<String>();
        var rest = flags(Space.afterBlanks(trimmed, end), flags);
        return new InstructionLine(trimmed.substring(0, end), flags, Space.trim(rest), trimmed, lines, heredocs);
    }

    /** The line inside an {@code ONBUILD}. */
    InstructionLine trigger() {
        return of(arguments, lines, heredocs);
    }

    boolean is(String name) {
        return keyword.equalsIgnoreCase(name);
    }

    /** Whether documents may follow: {@code RUN}, {@code COPY} and {@code ADD} in shell form, also in {@code ONBUILD}. */
    boolean takesHeredocs() {
        var line = is("ONBUILD") ? trigger() : this;
        return (line.is("RUN") || line.is("COPY") || line.is("ADD"))
                && JsonArray.read(line.arguments) instanceof JsonArray.Reading.NotAnArray;
    }

    /** The first line, where problems are reported. */
    int line() {
        return lines.first();
    }

    /** Takes the flags off the front of {@code text}; a backslash escapes here whatever the file's escape character. */
    private static String flags(String text, List<String> flags) {
        int at = 0;
        while (true) {
            while (at < text.length() && Space.isSpace(text.charAt(at))) at++;
            if (!text.startsWith("--", at)) return text.substring(at);
            var word = new StringBuilder();
            int quote = 0;
            boolean quoted = false;
            for (; at < text.length(); at++) {
                char c = text.charAt(at);
                if (quote == 0 && Space.isSpace(c)) break;
                if (c == quote) {
                    quote = 0;
                } else if (quote == 0 && (c == '\'' || c == '"')) {
                    quote = c;
                    quoted = true;
                } else if (c == '\\') {
                    if (at + 1 < text.length()) word.append(text.charAt(++at));
                } else {
                    word.append(c);
                }
            }
            if (word.toString().equals("--")) return text.substring(at);
            if (quoted || !word.isEmpty()) flags.add(word.toString());
        }
    }
}
