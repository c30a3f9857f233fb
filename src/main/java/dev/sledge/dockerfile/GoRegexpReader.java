package dev.sledge.dockerfile;

import dev.sledge.dockerfile.GoRegexp.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads the part of Go's regular expressions that patterns become.
 *
 * @see <a href="https://github.com/golang/go/blob/master/src/regexp/syntax/parse.go">parse.go</a>
 */
final class GoRegexpReader {
    /** The only group, and the only dot beside that before a star, that {@link IgnorePattern} writes. */
    static final String DIRECTORIES = "(.*/)?";

    static final String ANYTHING = ".*";

    /** How often Go repeats a piece at most. */
    private static final int MOST_REPEATED = 1000;

    /** Go allows some more, but no file names are that long. */
    private static final int LARGEST = 5_000;

    /** {@code {n}}, {@code {n,}} and {@code {n,m}}; anything else in braces is literal. */
    private static final Pattern COUNT = Pattern.compile("\\{(0|[1-9][0-9]{0,8})(,(0|[1-9][0-9]{0,8})?)?\\}");

    private final RegexpCursor in;

    GoRegexpReader(String text) {
        this.in = new RegexpCursor(text);
    }

    /** What stands between the bars, each a sequence of pieces. */
    List<List<Piece>> alternatives() throws MalformedRegexp {
        var alternatives = new ArrayList<List<Piece>>();
        var pieces = new ArrayList<Piece>();
        boolean repeatable = false;
        while (!in.atEnd()) {
            var counted = in.skip(COUNT);
            if (counted.isPresent()) {
                if (!repeatable) {
                    throw new MalformedRegexp("'" + counted.get().group() + "' repeats nothing, or what repeats");
                }
                repeat(pieces, counted.get());
                repeatable = false;
            } else if (in.skip("|")) {
                alternatives.add(List.copyOf(pieces));
                pieces.clear();
                repeatable = false;
            } else {
                var piece = piece();
                repeatable = !(piece instanceof Piece.Many || piece instanceof Piece.Directories);
                // Twice in a row says nothing more, and would only take time.
                boolean again = piece instanceof Piece.Directories
                        && !pieces.isEmpty()
                        && pieces.getLast().equals(piece);
                if (!again) pieces.add(piece);
            }
        }
        alternatives.add(pieces);
        return alternatives;
    }

    /** Replaces the last piece by as many of it as {@code {n,m}} asks for. */
    private void repeat(List<Piece> pieces, MatchResult counted) throws MalformedRegexp {
        long least = Long.parseLong(counted.group(1));
        boolean open = counted.group(2) != null && counted.group(3) == null;
        long most = open || counted.group(2) == null ? least : Long.parseLong(counted.group(3));
        if (least > MOST_REPEATED || most > MOST_REPEATED || most < least) {
            throw new MalformedRegexp("'" + counted.group() + "' is no number of times");
        }
        var piece = pieces.removeLast();
        if (pieces.size() + most > LARGEST) throw new MalformedRegexp("it repeats too much");
        var set = switch (piece) {
            case Piece.Literal(var character) -> Optional.<IntPredicate>of(c -> c == character);
            case Piece.One(var characters) -> Optional.of(characters);
            // Of a place, one is as good as many.
            case Piece.Place place -> Optional.<IntPredicate>empty();
            case Piece.Maybe maybe -> throw new IllegalStateException("a counted piece is counted");
            case Piece.Many many -> throw new IllegalStateException("a counted piece is counted");
            case Piece.Directories directories -> throw new IllegalStateException("a counted piece is counted");
        };
        for (int i = 0; i < (set.isPresent() ? least : Math.min(least, 1)); i++) pieces.add(piece);
        if (set.isEmpty()) return;
        for (long i = least; i < most; i++) pieces.add(new Piece.Maybe(set.get()));
        if (open) pieces.add(new Piece.Many(set.get()));
    }

    private Piece piece() throws MalformedRegexp {
        if (in.skip(DIRECTORIES)) return new Piece.Directories();
        if (in.skip(ANYTHING)) return new Piece.Many(c -> c != '\n');
        if (in.skip("[")) {
            var set = set();
            return in.skip("*") ? new Piece.Many(set) : new Piece.One(set);
        }
        if (in.skip("^")) return Piece.Place.START;
        if (in.skip("$")) return Piece.Place.END;
        var place = place();
        if (place != Piece.Place.ANYWHERE) return place;
        var perl = perl();
        if (perl.isPresent()) return new Piece.One(perl.get());
        return new Piece.Literal(in.character());
    }

    /** {@code \b} and its like; {@code ANYWHERE}, with nothing read, if none stands here. */
    private Piece.Place place() {
        var place = switch (in.escaped()) {
            case 'A' -> Piece.Place.START;
            case 'z' -> Piece.Place.END;
            case 'b' -> Piece.Place.EDGE_OF_WORD;
            case 'B' -> Piece.Place.NO_EDGE_OF_WORD;
            default -> Piece.Place.ANYWHERE;
        };
        if (place != Piece.Place.ANYWHERE) in.skip("\\" + in.escaped());
        return place;
    }

    private Optional<IntPredicate> perl() {
        var set = CharacterSets.perl(in.escaped());
        if (set.isPresent()) in.skip("\\" + in.escaped());
        return set;
    }

    /** Reads a set after its bracket. */
    private IntPredicate set() throws MalformedRegexp {
        boolean negated = in.skip("^");
        var members = new ArrayList<IntPredicate>();
        // A bracket that closes at once is a member.
        while (members.isEmpty() || !in.skip("]")) {
            if (in.atEnd()) throw new MalformedRegexp("a '[' has no ']'");
            members.add(member());
        }
        return c -> negated != members.stream().anyMatch(member -> member.test(c));
    }

    private IntPredicate member() throws MalformedRegexp {
        var name = in.between("[:", ":]");
        if (name.isPresent()) return CharacterSets.posix(name.get());
        var perl = perl();
        if (perl.isPresent()) return perl.get();
        int low = in.character();
        if (in.startsWith("-]") || !in.skip("-")) return c -> c == low;
        int high = in.character();
        if (high < low) throw new MalformedRegexp("a range in '[]' runs backwards");
        return c -> low <= c && c <= high;
    }
}
