package dev.sledge.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Gathers words; only blanks that are neither quoted nor escaped part them. */
final class WordGatherer {
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word;

    /** {@code word} holds the letters of the word at hand; it is emptied first. */
    WordGatherer(StringBuilder word) {
        this.word = word;
        word.setLength(0);
    }

    void add(int c) {
        if (!Space.isSpace(c)) word.appendCodePoint(c);
        else finish();
    }

    void split(String value) {
        value.codePoints().forEach(this::add);
    }

    void join(String value) {
        word.append(value);
    }

    List<String> all() {
        finish();
        return words;
    }

    private void finish() {
        if (!word.isEmpty()) words.add(word.toString());
        word.setLength(0);
    }
}
