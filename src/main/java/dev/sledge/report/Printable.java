package dev.sledge.report;

/** Text of a user's file or of a build on a terminal: it is shown, and moves no cursor. */
public final class Printable {
    /** Columns that a line of a summary takes. */
    static final int WIDTH = 90;

    /** What a terminal does instead of showing it: the control characters of ASCII and those of Latin-1. */
    private static final String CONTROLS = "[\\x00-\\x1f\\x7f-\\x9f]";

    private Printable() {}

    /** One line, its blanks as they are and a tab as four; a control character becomes a question mark. */
    public static String of(String line) {
        return line.replace("\t", "    ").replaceAll(CONTROLS, "?");
    }

    /**
     * {@code text} on one line: blanks and line breaks in a row are one blank.
     *
     * @param width in characters, an ellipsis included where the text is cut
     */
    public static String line(String text, int width) {
        var line = of(text.replaceAll("\\s+", " "));
        if (line.codePointCount(0, line.length()) <= width) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, width - 1)) + "…";
    }
}
