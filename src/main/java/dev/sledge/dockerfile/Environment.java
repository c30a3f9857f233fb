package dev.sledge.dockerfile;

import java.util.HashMap;
import java.util.Map;

/** The variables of a stage while it is built, as far as the file tells. */
final class Environment {
    private final Map<String, String> values;
    private final boolean complete;

    private Environment(Map<String, String> values, boolean complete) {
        this.values = values;
        this.complete = complete;
    }

    /** That of an image outside, which may set any variable. */
    static Environment ofImage() {
        return new Environment(new HashMap<>(), false);
    }

    /** That of {@code FROM scratch}. */
    static Environment ofNothing() {
        return new Environment(new HashMap<>(), true);
    }

    /** One that begins as this is now. */
    Environment copy() {
        return new Environment(new HashMap<>(values), complete);
    }

    int size() {
        return values.size();
    }

    Map<String, String> values() {
        return values;
    }

    /** Whether variables that are not among the values are unset for certain. */
    boolean isComplete() {
        return complete;
    }
}
