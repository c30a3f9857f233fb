package dev.sledge.dockerfile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * The flags in front of an instruction's arguments, their quotes removed, and what follows them.
 *
 * <p>BuildKit reads them byte by byte and takes each for a letter: of other letters than ASCII it makes two, and the
 * second half of some, such as {@code à}, is a blank to it. So this works on the bytes, too.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/split_command.go">
 *     extractBuilderFlags</a>
 */
record FlagWords(List<String> flags, String rest) {
    private static final int NONE = -1;

    FlagWords {
        flags = List.copyOf(flags);
    }

    /** Takes the words off the front of {@code text} that begin with {@code --}; {@code --} alone ends them. */
    static FlagWords split(String text, char escape) {
        if (!Space.trimLeft(text).startsWith("--")) return new FlagWords(List.of(), text);
        var bytes = new String(text.getBytes(UTF_8), ISO_8859_1);
        var flags = new ArrayList<String>();
        int at = 0;
        while (true) {
            while (at < bytes.length() && Space.isSpace(bytes.charAt(at))) at++;
            if (!bytes.startsWith("--", at)) return new FlagWords(flags, text(bytes, at));
            var word = new StringBuilder();
            boolean quoted = false;
            int quote = NONE;
            for (; at < bytes.length() && (quote != NONE || !Space.isSpace(bytes.charAt(at))); at++) {
                char c = bytes.charAt(at);
                if (quote == NONE && (c == '\'' || c == '"')) {
                    quote = c;
                    quoted = true;
                } else if (c == quote) {
                    quote = NONE;
                } else if (c != escape) {
                    word.append(c);
                } else if (at + 1 < bytes.length()) {
                    word.append(bytes.charAt(++at));
                }
            }
            if (word.toString().equals("--")) return new FlagWords(flags, text(bytes, at));
            if (quoted || !word.isEmpty()) flags.add(word.toString());
        }
    }

    private static String text(String bytes, int start) {
        return new String(bytes.substring(start).getBytes(ISO_8859_1), UTF_8);
    }
}
