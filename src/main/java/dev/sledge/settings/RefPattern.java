package dev.sledge.settings;

/**
 * Names of branches or tags: {@code *} stands for any characters but {@code /}, {@code **} for any at all, {@code ?} for one that is no
 * {@code /}; everything else for itself.
 *
 * <p>Matching takes time in proportion to the product of both lengths, whatever the pattern.
 */
public record RefPattern(String text) {
    private static final int LONGEST = 255;

    public RefPattern {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException("a pattern has 1 to " + LONGEST + " characters");
        }
        if (text.startsWith("refs/")) {
            throw new IllegalArgumentException(
                    "a pattern is a branch's or a tag's own name, without refs/heads/ or refs/tags/");
        }
    }

    /** Whether a branch's or a tag's whole name is meant. */
    public boolean matches(String name) {
        // reached[i]: the pattern so far matches the first i characters of the name.
        var reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (var at = 0; at < text.length(); at++) {
            if (text.startsWith("**", at)) {
                at++;
                spread(reached, name, true);
            } else if (text.charAt(at) == '*') {
                spread(reached, name, false);
            } else {
                step(reached, name, text.charAt(at));
            }
        }
        return reached[name.length()];
    }

    private static void spread(boolean[] reached, String name, boolean overSlashes) {
        for (var i = 1; i <= name.length(); i++) {
            reached[i] |= reached[i - 1] && (overSlashes || name.charAt(i - 1) != '/');
        }
    }

    private static void step(boolean[] reached, String name, char wanted) {
        for (var i = name.length(); i > 0; i--) {
            var given = name.charAt(i - 1);
            reached[i] = reached[i - 1] && (wanted == '?' ? given != '/' : given == wanted);
        }
        reached[0] = false;
    }
}
