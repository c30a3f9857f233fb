package dev.sledge.dockerfile;

import java.util.Optional;

/**
 * What Go's file name patterns demand of their text.
 *
 * @see <a href="https://pkg.go.dev/path/filepath#Match">filepath.Match</a>
 */
final class PatternSyntax {
    private static final Optional<String> OPEN = Optional.of("a '[' has no ']'");

    private final String pattern;
    private int at;

    private PatternSyntax(String pattern) {
        this.pattern = pattern;
    }

    /** Why Go refuses the pattern, a clause; empty if it does not. */
    static Optional<String> fault(String pattern) {
        return new PatternSyntax(pattern).fault();
    }

    private Optional<String> fault() {
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            if (c == '\\' && at++ == pattern.length()) return Optional.of("it ends in a backslash");
            if (c != '[') continue;
            var fault = bracket();
            if (fault.isPresent()) return fault;
        }
        return Optional.empty();
    }

    private Optional<String> bracket() {
        if (pattern.startsWith("^", at)) at++;
        for (boolean first = true; first || !pattern.startsWith("]", at); first = false) {
            var fault = member();
            if (fault.isEmpty() && pattern.startsWith("-", at)) {
                at++;
                fault = member();
            }
            if (fault.isPresent()) return fault;
        }
        at++;
        return Optional.empty();
    }

    /** Passes over one character of a set; the set must go on after it. */
    private Optional<String> member() {
        if (at >= pattern.length()) return OPEN;
        char c = pattern.charAt(at);
        if (c == '-' || c == ']') return Optional.of("'" + c + "' stands in '[]' where a character should");
        if (c == '\\') at++;
        if (at >= pattern.length()) return OPEN;
        at += Character.charCount(pattern.codePointAt(at));
        return at >= pattern.length() ? OPEN : Optional.empty();
    }
}
