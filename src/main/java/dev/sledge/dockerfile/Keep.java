package dev.sledge.dockerfile;

/**
 * What is kept of a text: with {@code quotes} its quotes, with {@code escapes} its escape characters, with
 * {@code unset} the variables that have no value; with {@code literalQuotes} quotes mean nothing at all.
 */
record Keep(boolean quotes, boolean escapes, boolean unset, boolean literalQuotes) {
    static final Keep NOTHING = new Keep(false, false, false, false);
    static final Keep QUOTES_OF_DOCUMENTS = new Keep(false, false, false, true);

    Keep(boolean quotes, boolean escapes, boolean unset) {
        this(quotes, escapes, unset, false);
    }
}
