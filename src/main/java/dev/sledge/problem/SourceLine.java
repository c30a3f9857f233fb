package dev.sledge.problem;

/**
 * One line of a user's file, printed as compilers do: {@code Dockerfile:14}.
 *
 * @param file path as the user knows it, relative to the repository
 * @param line counted from 1; 0 means the file as a whole and is not printed
 */
public record SourceLine(String file, int line) {
    public SourceLine {
        if (line < 0) {
            throw new IllegalArgumentException("line " + line + " of " + file + " is negative");
        }
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
