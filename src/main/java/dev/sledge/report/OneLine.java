package dev.sledge.report;

/** Text of a user's file on one line of a terminal. */
final class OneLine {
    /** Columns that a line of a summary takes. */
    static final int WIDTH = 90;

    private OneLine() {}

    /**
     * {@code text} with its blanks made single and what moves a cursor replaced.
     *
     * @param width in characters, an ellipsis included where the text is cut
     */
    static String of(String text, int width) {
        var line = text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
        if (line.codePointCount(0, line.length()) <= width) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, width - 1)) + "…";
    }
}
