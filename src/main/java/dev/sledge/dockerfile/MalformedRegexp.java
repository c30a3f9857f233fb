package dev.sledge.dockerfile;

/** Says why an expression cannot be compiled; never leaves the package. */
final class MalformedRegexp extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;

    /** {@code why} is a clause, such as {@code a '[' has no end}. */
    MalformedRegexp(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    String why() {
        return why;
    }
}
