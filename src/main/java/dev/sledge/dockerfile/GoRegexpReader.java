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

    private final String text;
    private int at;

    GoRegexpReader(String text) {
        this.text = text;
    }

    /** What stands between the bars, each a sequence of pieces. */
    List<List<Piece>> alternatives() throws MalformedRegexp {
        var alternatives = new ArrayList<List<Piece>>();
        var pieces = new ArrayList<Piece>();
        boolean repeatable = false;
        while (at < text.length()) {
            var counted = COUNT.matcher(text).region(at, text.length());
            if (text.charAt(at) == '|') {
                at++;
                alternatives.add(List.copyOf(pieces));
                pieces.clear();
                repeatable = false;
            } else if (counted.lookingAt()) {
                if (!repeatable)
                    throw new MalformedRegexp("'" + counted.group() + "' repeats nothing, or what repeats");
                at = counted.end();
                repeat(pieces, counted);
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
        if (text.startsWith(DIRECTORIES, at)) {
            at += DIRECTORIES.length();
            return new Piece.Directories();
        }
        if (text.startsWith(ANYTHING, at)) {
            at += ANYTHING.length();
            return new Piece.Many(c -> c != '\n');
        }
        char c = text.charAt(at);
        if (c == '[') {
            at++;
            var set = set();
            boolean many = at < text.length() && text.charAt(at) == '*';
            if (many) at++;
            return many ? new Piece.Many(set) : new Piece.One(set);
        }
        if (c == '^' || c == '$') {
            at++;
            return c == '^' ? Piece.Place.START : Piece.Place.END;
        }
        var place = place();
        if (place != Piece.Place.ANYWHERE) return place;
        var perl = perl();
        if (perl.isPresent()) return new Piece.One(perl.get());
        return new Piece.Literal(character());
    }

    /** {@code \b} and its like; {@code ANYWHERE}, with nothing read, if none stands here. */
    private Piece.Place place() {
        var place = switch (escaped()) {
            case 'A' -> Piece.Place.START;
            case 'z' -> Piece.Place.END;
            case 'b' -> Piece.Place.EDGE_OF_WORD;
            case 'B' -> Piece.Place.NO_EDGE_OF_WORD;
            default -> Piece.Place.ANYWHERE;
        };
        if (place != Piece.Place.ANYWHERE) at += 2;
        return place;
    }

    private Optional<IntPredicate> perl() {
        var set = CharacterSets.perl(escaped());
        if (set.isPresent()) at += 2;
        return set;
    }

    /** The character after the backslash that stands here; a backslash if none does. */
    private char escaped() {
        return text.startsWith("\\", at) && at + 1 < text.length() ? text.charAt(at + 1) : '\\';
    }

    /** Reads a set after its bracket. */
    private IntPredicate set() throws MalformedRegexp {
        boolean negated = text.startsWith("^", at);
        if (negated) at++;
        IntPredicate set = c -> false;
        for (boolean first = true; first || peek() != ']'; first = false) {
            if (peek() == GoRegexp.NONE) throw new MalformedRegexp("a '[' has no ']'");
            set = set.or(member());
        }
        at++;
        return negated ? set.negate() : set;
    }

    private IntPredicate member() throws MalformedRegexp {
        int end = text.startsWith("[:", at) ? text.indexOf(":]", at + 2) : -1;
        if (end >= 0) {
            var name = text.substring(at + 2, end);
            at = end + 2;
            return CharacterSets.posix(name);
        }
        var perl = perl();
        if (perl.isPresent()) return perl.get();
        int low = character();
        if (!text.startsWith("-", at) || at + 1 >= text.length() || text.charAt(at + 1) == ']') return c -> c == low;
        at++;
        int high = character();
        if (high < low) throw new MalformedRegexp("a range in '[]' runs backwards");
        return c -> low <= c && c <= high;
    }

    /** One character, escaped or not. */
    private int character() throws MalformedRegexp {
        int c = next();
        if (c != '\\') return c;
        int escaped = next();
        return switch (escaped) {
            case 'a' -> 0x07;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            case 'x' -> text.startsWith("{", at) ? braced() : digit(next()) * 16 + digit(next());
            default -> {
                if (isOctal(escaped) && (escaped == '0' || isOctal(peek()))) yield octal(escaped - '0');
                if (escaped >= 0x80 || (GoRegexp.isWord(escaped) && escaped != '_')) throw escape(escaped);
                yield escaped;
            }
        };
    }

    /** The number in {@code \x{…}}. */
    private int braced() throws MalformedRegexp {
        at++;
        int value = 0;
        boolean empty = true;
        for (int c = next(); c != '}'; c = next()) {
            value = value * 16 + digit(c);
            empty = false;
            if (value > Character.MAX_CODE_POINT) throw escape('x');
        }
        if (empty) throw escape('x');
        return value;
    }

    private static int digit(int c) throws MalformedRegexp {
        int digit = c > 0x7f ? -1 : Character.digit(c, 16);
        if (digit < 0) throw escape('x');
        return digit;
    }

    private int octal(int first) throws MalformedRegexp {
        int value = first;
        for (int i = 1; i < 3 && isOctal(peek()); i++) value = value * 8 + next() - '0';
        return value;
    }

    private static MalformedRegexp escape(int c) {
        return new MalformedRegexp("'\\" + Character.toString(c) + "' escapes what needs no escape");
    }

    private int peek() {
        return at < text.length() ? text.codePointAt(at) : GoRegexp.NONE;
    }

    private int next() throws MalformedRegexp {
        int c = peek();
        if (c == GoRegexp.NONE) throw new MalformedRegexp("it ends too early");
        at += Character.charCount(c);
        return c;
    }

    private static boolean isOctal(int c) {
        return '0' <= c && c <= '7';
    }
}
