package dev.sledge.dockerfile;

import java.util.Arrays;

/** Where the physical lines of one logical line were joined, to lead back from a word to the line it stands on. */
final class Joints {
    /** Each search costs the length of the line, and an instruction with more faults than this is no user's. */
    private static final int MOST_SEARCHES = 100;

    private final StringBuilder text = new StringBuilder();
    private int[] offsets = new int[4];
    private int[] lines = new int[4];
    private int size;
    private int searches;

    /** Notes that what is appended from here on stands on {@code line}. */
    void begin(int line) {
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * size);
            lines = Arrays.copyOf(lines, 2 * size);
        }
        offsets[size] = text.length();
        lines[size++] = line;
    }

    /** The logical line so far, to append to. */
    StringBuilder text() {
        return text;
    }

    /** The line on which {@code word} stands first; {@code otherwise} if it is not found as it is. */
    int lineOf(String word, int otherwise) {
        if (word.isEmpty() || size < 2 || ++searches > MOST_SEARCHES) return otherwise;
        int at = text.indexOf(word);
        if (at < 0) return otherwise;
        int found = Arrays.binarySearch(offsets, 0, size, at);
        if (found < 0) return lines[-found - 2];
        // A line that added nothing begins where the next one does.
        while (found + 1 < size && offsets[found + 1] == at) found++;
        return lines[found];
    }
}
