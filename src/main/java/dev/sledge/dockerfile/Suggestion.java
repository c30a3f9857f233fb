package dev.sledge.dockerfile;

import java.util.Collection;
import java.util.Locale;

/** Finds the word that was meant. */
final class Suggestion {
    /** BuildKit's bound: a word three edits away is another word. */
    private static final int FAR = 3;

    /** Longer words are not mistyped, and comparing them costs their product. */
    private static final int LONGEST = 64;

    private Suggestion() {}

    /** {@code "did you mean RUN?"} if one of {@code words} is near, else {@code otherwise}. */
    static String orElse(String written, Collection<String> words, String otherwise) {
        var best = nearest(written, words);
        return best.isEmpty() ? otherwise : "did you mean " + best + "?";
    }

    /** The nearest of {@code words} by edit distance, case left aside; empty if none is near. */
    static String nearest(String written, Collection<String> words) {
        if (written.length() > LONGEST) return "";
        var best = "";
        int least = FAR;
        for (var word : words) {
            int distance = distance(written.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = word;
            }
        }
        return best;
    }

    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) >= FAR) return FAR;
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
