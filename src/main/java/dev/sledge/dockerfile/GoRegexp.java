package dev.sledge.dockerfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A regular expression in the part of Go's syntax that {@link IgnorePattern} makes of patterns.
 *
 * <p>Matching takes at most the product of both lengths: all ways through the expression are followed at once.
 *
 * @see <a href="https://pkg.go.dev/regexp/syntax">regexp/syntax</a>
 */
final class GoRegexp {
    /** What stands at one place of the expression. */
    sealed interface Piece {
        /** This very character. */
        record Literal(int character) implements Piece {}

        /** One character of a set. */
        record One(IntPredicate set) implements Piece {}

        /** A character of a set, or nothing. */
        record Maybe(IntPredicate set) implements Piece {}

        /** Any number of characters of a set. */
        record Many(IntPredicate set) implements Piece {}

        /** {@code (.*}{@code /)?}: nothing, or anything on one line that ends in a slash. */
        record Directories() implements Piece {}

        /** Nothing, but only where the characters before and after allow it. */
        enum Place implements Piece {
            ANYWHERE,
            START,
            END,
            EDGE_OF_WORD,
            NO_EDGE_OF_WORD;

            private boolean isBetween(int before, int after) {
                return switch (this) {
                    case ANYWHERE -> true;
                    case START -> before == NONE;
                    case END -> after == NONE;
                    case EDGE_OF_WORD -> isWord(before) != isWord(after);
                    case NO_EDGE_OF_WORD -> isWord(before) == isWord(after);
                };
            }
        }
    }

    /** What stands before the first character and after the last one. */
    static final int NONE = -1;

    /**
     * From here a character of {@code set} leads on, or back here if it {@code stays}. Without a character one can go
     * {@code leap} and {@code further} states on, where {@code place} is; 0 says that one cannot.
     */
    private record State(IntPredicate set, boolean stays, int leap, int further, Piece.Place place) {
        State(IntPredicate set, boolean stays, int leap, int further) {
            this(set, stays, leap, further, Piece.Place.ANYWHERE);
        }
    }

    /**
     * One of the expressions between bars.
     *
     * @param shortest how many characters it takes at least
     * @param ending what the text must end with, which is looked at first since it is the quickest
     */
    private record Alternative(List<State> states, long shortest, String ending) {}

    private final List<Alternative> alternatives = new ArrayList<>();

    private GoRegexp(List<List<Piece>> alternatives) {
        for (var pieces : alternatives) {
            var states = new ArrayList<State>();
            // What is not anchored may begin and end anywhere.
            boolean begins = !pieces.isEmpty() && pieces.getFirst() == Piece.Place.START;
            boolean ends = !pieces.isEmpty() && pieces.getLast() == Piece.Place.END;
            if (!begins) add(states, new Piece.Many(c -> true));
            pieces.forEach(piece -> add(states, piece));
            if (!ends) add(states, new Piece.Many(c -> true));
            long shortest = pieces.stream()
                    .filter(piece -> piece instanceof Piece.One || piece instanceof Piece.Literal)
                    .count();
            this.alternatives.add(new Alternative(states, shortest, ends ? ending(pieces) : ""));
        }
    }

    private static String ending(List<Piece> pieces) {
        var ending = new ArrayDeque<String>();
        for (int i = pieces.size() - 2; i >= 0 && pieces.get(i) instanceof Piece.Literal(var character); i--) {
            ending.addFirst(Character.toString(character));
        }
        return String.join("", ending);
    }

    private static void add(List<State> states, Piece piece) {
        switch (piece) {
            case Piece.Literal(var character) -> states.add(new State(c -> c == character, false, 0, 0));
            case Piece.One(var set) -> states.add(new State(set, false, 0, 0));
            case Piece.Maybe(var set) -> states.add(new State(set, false, 1, 0));
            case Piece.Many(var set) -> states.add(new State(set, true, 1, 0));
            case Piece.Place place -> states.add(new State(c -> false, false, 1, 0, place));
            case Piece.Directories directories -> {
                states.add(new State(c -> false, false, 1, 3));
                states.add(new State(c -> c != '\n', true, 1, 0));
                states.add(new State(c -> c == '/', false, 0, 0));
            }
        }
    }

    /** @throws MalformedRegexp if Go could not compile it */
    static GoRegexp compile(String expression) throws MalformedRegexp {
        return new GoRegexp(new GoRegexpReader(expression).alternatives());
    }

    /** Whether the expression is found in {@code text}. */
    boolean matches(String text) {
        return alternatives.stream()
                .anyMatch(one -> one.shortest <= text.length()
                        && text.endsWith(one.ending)
                        && matches(one.states, text.codePoints().toArray()));
    }

    private static boolean matches(List<State> states, int[] characters) {
        var current = new BitSet();
        current.set(0);
        int before = NONE;
        for (int character : characters) {
            leap(states, current, before, character);
            var next = new BitSet();
            for (int i = current.nextSetBit(0); i >= 0 && i < states.size(); i = current.nextSetBit(i + 1)) {
                var state = states.get(i);
                if (state.set.test(character)) next.set(state.stays ? i : i + 1);
            }
            if (next.isEmpty()) return false;
            current = next;
            before = character;
        }
        leap(states, current, before, NONE);
        return current.get(states.size());
    }

    /** Adds the states that can be reached without a character; they all stand further on. */
    private static void leap(List<State> states, BitSet current, int before, int after) {
        for (int i = current.nextSetBit(0); i >= 0 && i < states.size(); i = current.nextSetBit(i + 1)) {
            var state = states.get(i);
            if (state.leap == 0 || !state.place.isBetween(before, after)) continue;
            current.set(i + state.leap);
            if (state.further > 0) current.set(i + state.further);
        }
    }

    static boolean isWord(int c) {
        return isDigit(c) || ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z') || c == '_';
    }

    static boolean isDigit(int c) {
        return '0' <= c && c <= '9';
    }
}
