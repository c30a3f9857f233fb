package dev.sledge.dockerfile;

/**
 * One pattern of an ignore file, with all the ways of Docker's own matcher: {@code **}, and brackets and backslashes
 * that mean what they mean in Go's regular expressions.
 *
 * @see <a href="https://github.com/moby/patternmatcher/blob/main/patternmatcher.go">patternmatcher.go</a>
 */
sealed interface IgnorePattern {
    /** Whether it matches this very path, its parents left out. */
    boolean matches(String path);

    /** A path without any special character. */
    record Exact(String path) implements IgnorePattern {
        @Override
        public boolean matches(String other) {
            return other.equals(path);
        }
    }

    /** What stands before a {@code **} at the end. */
    record Prefix(String start) implements IgnorePattern {
        @Override
        public boolean matches(String path) {
            return path.startsWith(start);
        }
    }

    /** What stands after a {@code **} at the start; one that begins with a slash also matches without it. */
    record Suffix(String end) implements IgnorePattern {
        @Override
        public boolean matches(String path) {
            return path.endsWith(end) || (end.startsWith("/") && path.equals(end.substring(1)));
        }
    }

    /** Anything else. */
    record Expression(GoRegexp regexp) implements IgnorePattern {
        @Override
        public boolean matches(String path) {
            return regexp.matches(path);
        }
    }

    /**
     * Reads a pattern that is cleaned, and that {@link PatternSyntax} has no fault to find with.
     *
     * @throws MalformedRegexp if Docker could not compile it
     */
    static IgnorePattern of(String pattern) throws MalformedRegexp {
        return new IgnorePatternReader(pattern).read();
    }
}
