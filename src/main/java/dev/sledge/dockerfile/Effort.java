package dev.sledge.dockerfile;

/**
 * How much work the variables of one file may still cause.
 *
 * <p>Thirty lines like {@code ARG B=$A$A} double a text thirty times; no image's name is that long.
 */
final class Effort {
    /** Characters by which its variables may lengthen a word. */
    static final int LONGEST_WORD = 65_536;

    private static final long TOTAL = 50_000_000;

    private long left = TOTAL;

    /** Takes {@code characters} from what is left; false if there is not enough. */
    boolean spend(long characters) {
        left -= characters;
        return left >= 0;
    }
}
