package dev.sledge.local;

/** Whoever wants to know what is being done: a terminal, a log, a test. */
public interface Narrator {
    /** One thing that begins now, in a few words. */
    void say(String what);

    /** A phase of a build begins. */
    default void phase(String name) {
        say(name);
    }

    /** A step of a build begins, as the builder names it. */
    default void step(String name) {}

    /** One line that the build printed. */
    default void output(String line) {}
}
