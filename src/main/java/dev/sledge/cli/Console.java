package dev.sledge.cli;

import dev.sledge.local.Narrator;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Shows what is being done: on a terminal one line that lives, with the seconds it has taken; elsewhere a plain line for each thing that
 * begins. It writes to stderr, since stdout belongs to results.
 */
final class Console implements Narrator, AutoCloseable {
    private static final int WIDTH = 110;

    private final PrintStream out;
    private final boolean terminal;
    private final boolean verbose;
    private final Instant began = Instant.now();
    private Instant lineBegan = Instant.now();
    private String line = "";
    private volatile boolean closed;

    Console(PrintStream out, boolean terminal, boolean verbose) {
        this.out = out;
        this.terminal = terminal;
        this.verbose = verbose;
        if (terminal) {
            Thread.ofVirtual().start(this::tick);
        }
    }

    @Override
    public synchronized void say(String what) {
        begin(what);
    }

    @Override
    public synchronized void phase(String name) {
        begin("phase " + name);
    }

    @Override
    public synchronized void step(String name) {
        if (!name.startsWith("[internal]")) {
            begin("  " + name.replaceAll("\\s+", " "));
        }
    }

    @Override
    public synchronized void output(String text) {
        if (verbose) {
            endLine();
            out.println("    " + text);
        }
    }

    private void begin(String what) {
        endLine();
        line = printable(what);
        lineBegan = Instant.now();
        if (terminal) {
            draw();
        } else {
            out.printf(Locale.ROOT, "%7.1f  %s%n", seconds(began), line);
        }
    }

    private void endLine() {
        if (terminal && !line.isEmpty()) {
            draw();
            out.println();
        }
        line = "";
    }

    private synchronized void draw() {
        if (!line.isEmpty()) {
            out.printf(Locale.ROOT, "\r%7.1f  %-" + WIDTH + "s %6.1f s", seconds(began), line, seconds(lineBegan));
            out.flush();
        }
    }

    private void tick() {
        while (!closed) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                return;
            }
            draw();
        }
    }

    /** What a build prints goes to a terminal: its control characters do not. */
    private static String printable(String text) {
        var plain = text.replaceAll("\\p{Cntrl}", "");
        return plain.length() > WIDTH ? plain.substring(0, WIDTH - 1) + "…" : plain;
    }

    private static double seconds(Instant since) {
        return Duration.between(since, Instant.now()).toMillis() / 1000.0;
    }

    /** Ends the line that lives: results follow. */
    synchronized void finish() {
        endLine();
    }

    @Override
    public synchronized void close() {
        closed = true;
        endLine();
    }
}
