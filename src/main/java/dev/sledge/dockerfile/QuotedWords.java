package dev.sledge.dockerfile;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits the arguments of {@code ARG}, {@code ENV} and {@code LABEL} at blanks outside of quotes; quotes stay.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/line_parsers.go">parseWords</a>
 */
final class QuotedWords {
    private QuotedWords() {}

    static List<String> split(String text, char escape) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        int quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Space.isSpace(c)) {
                if (!word.isEmpty()) words.add(word.toString());
                word.setLength(0);
                continue;
            }
            if (c == escape && quote != '\'') {
                // An escape character that escapes nothing is dropped.
                if (i + 1 == text.length()) break;
                word.append(c);
                c = text.charAt(++i);
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            word.append(c);
        }
        if (!word.isEmpty()) words.add(word.toString());
        return words;
    }
}
