package dev.sledge.dockerfile;

/**
 * Turns a pattern into what matches it, as Docker does: only patterns that need it become regular expressions.
 *
 * @see <a href="https://github.com/moby/patternmatcher/blob/main/patternmatcher.go">Pattern.compile</a>
 */
final class IgnorePatternReader {
    private static final String ANY_BUT_SLASH = "[^/]";

    /**
     * What has no meaning in patterns, but in regular expressions. Docker means to escape bars and braces as well, and
     * fails to: its table of characters is too short for them.
     */
    private static final String ESCAPED = ".+()$";

    /** Docker has no limit, but Linux has one for paths. */
    private static final int LONGEST = 4096;

    private enum Kind {
        EXACT,
        PREFIX,
        SUFFIX,
        EXPRESSION
    }

    private final String pattern;
    private final StringBuilder expression = new StringBuilder("^");
    private Kind kind = Kind.EXACT;
    private int at;

    IgnorePatternReader(String pattern) {
        this.pattern = pattern;
    }

    IgnorePattern read() throws MalformedRegexp {
        if (pattern.length() > LONGEST) throw new MalformedRegexp("it is longer than a path can be");
        // Go's scanner passes over a byte order mark in front of any text.
        if (pattern.startsWith("\ufeff")) at++;
        int start = at;
        while (at < pattern.length()) {
            boolean first = at == start;
            next(pattern.charAt(at++), first);
        }
        return switch (kind) {
            case EXACT -> new IgnorePattern.Exact(pattern);
            case PREFIX -> new IgnorePattern.Prefix(pattern.substring(0, pattern.length() - 2));
            case SUFFIX -> new IgnorePattern.Suffix(pattern.substring(2));
            case EXPRESSION -> new IgnorePattern.Expression(GoRegexp.compile(expression + "$"));
        };
    }

    private void next(char c, boolean first) {
        switch (c) {
            case '*' -> {
                if (pattern.startsWith("*", at)) {
                    at++;
                    twoStars(first);
                } else {
                    add(ANY_BUT_SLASH + "*");
                }
            }
            case '?' -> add(ANY_BUT_SLASH);
            case '[', ']' -> add(String.valueOf(c));
            case '\\' -> {
                if (at < pattern.length()) add("\\" + pattern.charAt(at++));
            }
            default -> expression.append(ESCAPED.indexOf(c) >= 0 ? "\\" : "").append(c);
        }
    }

    private void twoStars(boolean first) {
        if (pattern.startsWith("/", at)) at++;
        if (at < pattern.length()) {
            add(GoRegexpReader.DIRECTORIES);
        } else if (kind == Kind.EXACT) {
            kind = Kind.PREFIX;
        } else {
            add(GoRegexpReader.ANYTHING);
        }
        if (first) kind = Kind.SUFFIX;
    }

    private void add(String special) {
        expression.append(special);
        kind = Kind.EXPRESSION;
    }
}
