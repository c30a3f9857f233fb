package dev.sledge.cli;

/** Knows whether this process is being interrupted, by Ctrl-C or a request to terminate: errors that follow from that are not told. */
final class Interruption {
    private volatile boolean ended;
    private volatile boolean happened;

    /** Watches this process until {@link #end}. */
    static Interruption watch() {
        var interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.happened = !interruption.ended));
        return interruption;
    }

    /** The process ends by itself. */
    void end() {
        ended = true;
    }

    boolean happened() {
        return happened;
    }
}
