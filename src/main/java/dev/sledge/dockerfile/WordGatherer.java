package dev.sledge.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Gathers words; only blanks that are neither quoted nor escaped part them. */
final class WordGatherer {
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();

    void add(char c) {
        if (!Space.isSpace(c)) word.append(c);
        else finish();
    }

    void split(String value) {
        for (int i = 0; i < value.length(); i++) add(value.charAt(i));
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
