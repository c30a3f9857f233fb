package dev.sledge.dockerfile;

/** The lines of a file that one instruction covers, continuations and heredoc bodies included; counted from 1. */
public record Lines(int first, int last) {
    public Lines {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("lines " + first + " to " + last + " are not a range counted from 1");
        }
    }
}
