package dev.sledge.local;

/** Whoever wants to know what is being done: a terminal, a log, a test. */
public interface Narrator {
    /** One thing that begins now, in a few words. */
    void say(String what);

    /** A phase of a build begins. */
    default void phase(String name) {
        say(name);
    }

    /** A step of a build begins, as the builder names it; a hit whose layer has to be fetched begins after it has ended. */
    default void stepBegan(String name) {}

    /**
     * A step of a build ends without an error.
     *
     * @param hit whether the cache had its result
     */
    default void stepEnded(String name, boolean hit) {}

    /** A step of a build ends with an error, which need not be the build's end: a cache that is not there yet is one. */
    default void stepFailed(String name) {}

    /** One line that the build printed. */
    default void output(String line) {}
}
