package dev.sledge.dockerfile;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the leading block of {@code # name=value} lines; the first line that is none of them ends it.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#parser-directives">Parser directives</a>
 */
final class DirectiveBlock {
    private static final Set<String> NAMES = Set.of("syntax", "escape", "check");

    /** {@code repeated} tells that the block had this name before, which is an error. */
    record Directive(String name, String value, boolean repeated) {}

    private final String comment;
    private final Set<String> seen = new HashSet<>();
    private boolean over;

    /** {@code comment} is {@code #}, or {@code //} where any kind of file may name its syntax. */
    DirectiveBlock(String comment) {
        this.comment = comment;
    }

    /** Reads the next line of the file, given without its end. */
    Optional<Directive> next(String line) {
        if (over) return Optional.empty();
        var directive = line.startsWith(comment)
                ? parse(Space.trimLeft(line.substring(comment.length())))
                : Optional.<Directive>empty();
        over = directive.isEmpty();
        return directive;
    }

    private Optional<Directive> parse(String line) {
        int end = 0;
        while (end < line.length() && isNameCharacter(line.charAt(end), end == 0)) end++;
        var name = LowerCase.of(line.substring(0, end));
        int equals = line.indexOf('=', end);
        if (!NAMES.contains(name) || equals < 0 || equals + 1 == line.length()) return Optional.empty();
        if (!Space.trimAscii(line.substring(end, equals)).isEmpty()) return Optional.empty();
        var value = Space.trimAscii(line.substring(equals + 1));
        // Where only blanks follow, the pattern leaves the last of them to the value.
        return Optional.of(new Directive(name, value.isEmpty() ? " " : value, !seen.add(name)));
    }

    private static boolean isNameCharacter(char c, boolean first) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!first && c >= '0' && c <= '9');
    }

    /** The syntax that a file asks for, looked for after a shebang, also behind {@code //} and in JSON; empty if none. */
    static String syntax(String text) {
        return value("syntax", text, "#")
                .or(() -> value("syntax", text, "//"))
                .map(DirectiveBlock::firstWord)
                .or(() -> Json.member(text.substring(afterShebang(text)), "syntax"))
                .orElse("");
    }

    private static String firstWord(String value) {
        int end = value.indexOf(' ');
        return end < 0 ? value : value.substring(0, end);
    }

    private static int afterShebang(String text) {
        return text.startsWith("#!") ? endOfLine(text, 0) : 0;
    }

    /** The options of {@code # check=}; empty if there are none. */
    static String check(String text) {
        return value("check", text, "#").orElse("");
    }

    private static Optional<String> value(String name, String text, String comment) {
        var block = new DirectiveBlock(comment);
        int at = afterShebang(text);
        while (at < text.length()) {
            int end = endOfLine(text, at);
            var directive = block.next(text.substring(at, end));
            if (directive.isEmpty() || directive.get().repeated()) return Optional.empty();
            if (directive.get().name().equals(name))
                return Optional.of(directive.get().value());
            at = end;
        }
        return Optional.empty();
    }

    /** The place after the end of the line that holds {@code at}. */
    static int endOfLine(String text, int at) {
        int newline = text.indexOf('\n', at);
        return newline < 0 ? text.length() : newline + 1;
    }
}
