package dev.sledge.dockerfile;

import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The sets of characters that have a name in Go's regular expressions; those of Unicode are not among them.
 *
 * @see <a href="https://pkg.go.dev/regexp/syntax">regexp/syntax</a>
 */
final class CharacterSets {
    private CharacterSets() {}

    /** The set of {@code \d} and its like; empty if {@code letter} names none. */
    static Optional<IntPredicate> perl(char letter) {
        IntPredicate digit = GoRegexp::isDigit;
        IntPredicate space = c -> c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
        IntPredicate word = GoRegexp::isWord;
        return switch (letter) {
            case 'd' -> Optional.of(digit);
            case 'D' -> Optional.of(digit.negate());
            case 's' -> Optional.of(space);
            case 'S' -> Optional.of(space.negate());
            case 'w' -> Optional.of(word);
            case 'W' -> Optional.of(word.negate());
            default -> Optional.empty();
        };
    }

    /** The set of {@code [:name:]}; a {@code ^} before the name turns it round. */
    static IntPredicate posix(String name) throws MalformedRegexp {
        return switch (name) {
            case "alnum" -> c -> GoRegexp.isWord(c) && c != '_';
            case "alpha" -> c -> GoRegexp.isWord(c) && c != '_' && !GoRegexp.isDigit(c);
            case "ascii" -> c -> c <= 0x7f;
            case "blank" -> c -> c == '\t' || c == ' ';
            case "cntrl" -> c -> c <= 0x1f || c == 0x7f;
            case "digit" -> GoRegexp::isDigit;
            case "graph" -> c -> '!' <= c && c <= '~';
            case "lower" -> c -> 'a' <= c && c <= 'z';
            case "print" -> c -> ' ' <= c && c <= '~';
            case "punct" -> c -> '!' <= c && c <= '~' && (!GoRegexp.isWord(c) || c == '_');
            case "space" -> c -> ('\t' <= c && c <= '\r') || c == ' ';
            case "upper" -> c -> 'A' <= c && c <= 'Z';
            case "word" -> GoRegexp::isWord;
            case "xdigit" -> c -> GoRegexp.isDigit(c) || ('A' <= c && c <= 'F') || ('a' <= c && c <= 'f');
            default -> {
                if (name.startsWith("^") && !name.startsWith("^^"))
                    yield posix(name.substring(1)).negate();
                throw new MalformedRegexp("there is no set of characters '[:" + name + ":]'");
            }
        };
    }
}
