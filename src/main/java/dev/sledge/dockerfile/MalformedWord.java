package dev.sledge.dockerfile;

/** Says why a text cannot be read; never leaves the package. */
final class MalformedWord extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;
    private final boolean ofValues;

    MalformedWord(String why) {
        this(why, false);
    }

    MalformedWord(String why, boolean ofValues) {
        super(why, null, false, false);
        this.why = why;
        this.ofValues = ofValues;
    }

    /** Whether other values of the variables would mend it. */
    boolean isOfValues() {
        return ofValues;
    }

    String why() {
        return why;
    }
}
