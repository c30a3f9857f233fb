package dev.sledge.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A shell pattern of {@code *}, {@code ?} and literals, as {@code ${V#pattern}} has it.
 *
 * <p>Matching takes at most the product of both lengths: the pieces between stars are looked for one after the other.
 */
final class Glob {
    private static final int ANY = -1;

    /** The pieces between the stars: at least one, each a list of characters or {@link #ANY}. */
    private final List<List<Integer>> pieces;

    private Glob(List<List<Integer>> pieces) {
        this.pieces = pieces;
    }

    /** Reads a pattern; empty if a backslash escapes what needs no escape. */
    static Optional<Glob> parse(String pattern) {
        var pieces = new ArrayList<List<Integer>>();
        pieces.add(new ArrayList<>());
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*') {
                pieces.add(new ArrayList<>());
                continue;
            }
            int token = c == '?' ? ANY : c;
            if (c == '\\') {
                char escaped = i + 1 < pattern.length() ? pattern.charAt(i + 1) : '\0';
                // The brace and the slash are escaped for the sake of ${}, not of the pattern.
                if ("}/*?\\".indexOf(escaped) < 0) return Optional.empty();
                token = escaped;
                i++;
            }
            pieces.getLast().add(token);
        }
        return Optional.of(new Glob(pieces));
    }

    /** The end of the match that begins at {@code start}, the longest or the shortest; -1 if there is none. */
    int matchAt(String text, int start, boolean longest) {
        if (!fits(pieces.getFirst(), text, start)) return -1;
        int at = start + pieces.getFirst().size();
        for (int i = 1; i < pieces.size(); i++) {
            var piece = pieces.get(i);
            boolean last = i == pieces.size() - 1;
            at = last && longest ? lastFit(piece, text, at) : firstFit(piece, text, at);
            if (at < 0) return -1;
            at += piece.size();
        }
        return at;
    }

    /** Replaces the first match, or all of them, each the longest at its place. */
    String replace(String text, String replacement, boolean all) {
        var groups = new ReplacementText(replacement);
        var result = new StringBuilder();
        int copied = 0;
        int lastEnd = -1;
        for (int at = 0; at <= text.length(); ) {
            int end = matchAt(text, at, true);
            // Past the first piece, what is missing here is missing further on as well.
            if (end < 0 && fits(pieces.getFirst(), text, at)) break;
            if (end < 0 || (end == at && at == lastEnd)) {
                at++;
                continue;
            }
            result.append(text, copied, at).append(all ? groups.of(text.substring(at, end)) : replacement);
            copied = end;
            lastEnd = end;
            at = Math.max(end, at + (end == at ? 1 : 0));
            if (!all) break;
        }
        return result.append(text, Math.min(copied, text.length()), text.length())
                .toString();
    }

    private static int firstFit(List<Integer> piece, String text, int from) {
        for (int at = from; at + piece.size() <= text.length(); at++) {
            if (fits(piece, text, at)) return at;
        }
        return -1;
    }

    private static int lastFit(List<Integer> piece, String text, int from) {
        for (int at = text.length() - piece.size(); at >= from; at--) {
            if (fits(piece, text, at)) return at;
        }
        return -1;
    }

    private static boolean fits(List<Integer> piece, String text, int at) {
        if (at + piece.size() > text.length()) return false;
        for (int i = 0; i < piece.size(); i++) {
            int wanted = piece.get(i);
            if (wanted != ANY && wanted != text.charAt(at + i)) return false;
        }
        return true;
    }
}
