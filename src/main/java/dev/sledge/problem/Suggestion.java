package dev.sledge.problem;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was meant. */
public final class Suggestion {
    /** BuildKit's bound: a word three edits away is another word. */
    private static final int FAR = 3;

    /** Longer words are not mistyped, and comparing them costs their product. */
    private static final int LONGEST = 64;

    private Suggestion() {}

    /** {@code "did you mean RUN?"} if one of {@code words} is near, else {@code otherwise}. */
    public static String orElse(String written, Collection<String> words, String otherwise) {
        return nearest(written, words).map(best -> "did you mean " + best + "?").orElse(otherwise);
    }

    /** The nearest of {@code words} by edit distance, case left aside; empty if none is near. */
    public static Optional<String> nearest(String written, Collection<String> words) {
        if (written.length() > LONGEST) return Optional.empty();
        var best = Optional.<String>empty();
        int least = FAR;
        for (var word : words) {
            int distance = distance(written.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = Optional.of(word);
            }
        }
        return best;
    }

    /** Edits that lead from {@code a} to {@code b}; two letters in the wrong order are one. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) >= FAR) return FAR;
        var edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int least =
                        Math.min(edits[i - 1][j - 1] + (same ? 0 : 1), Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, edits[i - 2][j - 2] + 1);
                }
                edits[i][j] = least;
            }
        }
        return edits[a.length()][b.length()];
    }
}
