package dev.sledge.dockerfile;

import java.util.List;
import java.util.Optional;

/**
 * Finds {@code <<NAME} in a logical line.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go">heredocsFromLine</a>
 */
final class HeredocStart {
    /** Quotes stay, so that a {@code <<} inside of them does not begin a word. */
    private static final Keep RAW = new Keep(true, true, true);

    private static final Keep PLAIN = new Keep(false, false, true);
    private static final Keep QUOTED = new Keep(true, false, true);

    /** More digits than any file descriptor has; BuildKit reads on, and takes the largest number there is. */
    private static final int MOST_DIGITS = 18;

    private HeredocStart() {}

    /** The documents that {@code line} announces, in order, without content; none if its quotes do not match. */
    static List<Heredoc> inLine(String line) {
        try {
            return ShellWords.splitting(line, RAW).words().stream()
                    .flatMap(word -> parse(word).stream())
                    .toList();
        } catch (MalformedWord unbalanced) {
            return List.of();
        }
    }

    /** Reads one word such as {@code 3<<-"EOF"}; empty if it is something else. */
    static Optional<Heredoc> parse(String word) {
        int at = 0;
        while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') at++;
        if (!word.startsWith("<<", at)) return Optional.empty();
        long descriptor = at == 0 ? 0 : at > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(word.substring(0, at));
        boolean dash = word.startsWith("-", at + 2);
        var name = Space.trimAsciiLeft(word.substring(at + (dash ? 3 : 2)));
        if (name.isEmpty() || name.indexOf('<') >= 0) return Optional.empty();
        try {
            var plain = ShellWords.splitting(name, PLAIN).words();
            if (plain.size() != 1) return Optional.empty();
            var quoted = ShellWords.splitting(name, QUOTED).words();
            boolean expands = quotes(plain.getFirst()) == quotes(quoted.getFirst());
            return Optional.of(new Heredoc(plain.getFirst(), descriptor, expands, dash, ""));
        } catch (MalformedWord unbalanced) {
            return Optional.empty();
        }
    }

    private static long quotes(String text) {
        return text.chars().filter(c -> c == '\'' || c == '"').count();
    }
}
