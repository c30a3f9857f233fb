package dev.sledge.cli;

import dev.sledge.local.Narrator;
import dev.sledge.report.Printable;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Shows what is being done. On a terminal what runs lives at the bottom, each with the seconds it has taken, and what has ended stands above
 * it; elsewhere a plain line for each thing that begins and for each step that ends. It writes to stderr, since stdout belongs to results.
 */
final class Console implements Narrator, AutoCloseable {
    private static final int STEPS_SHOWN = 8;

    private final PrintStream out;
    private final int columns;
    private final boolean verbose;
    private final Instant began = Instant.now();
    private final Map<String, Instant> steps = new LinkedHashMap<>();
    private final Set<String> cached = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private String activity = "";
    private Instant activityBegan = began;
    private int drawn;
    private volatile boolean closed;

    /** @param columns the width of the terminal; 0 if it is none */
    Console(PrintStream out, int columns, boolean verbose) {
        this.out = out;
        this.columns = columns;
        this.verbose = verbose;
        if (columns > 0) {
            Thread.ofVirtual().start(this::tick);
        }
    }

    @Override
    public synchronized void say(String what) {
        endActivity();
        steps.clear();
        cached.clear();
        told.clear();
        activity = what;
        activityBegan = Instant.now();
        if (columns > 0) {
            draw();
        } else {
            line("", activity, "");
        }
    }

    @Override
    public void phase(String name) {
        say("phase " + name);
    }

    @Override
    public synchronized void stepBegan(String name) {
        // A hit whose layer is needed after all begins once more, to be fetched.
        var what = cached.contains(name) ? "fetch " + name : name;
        if (isNews(name) && steps.putIfAbsent(what, Instant.now()) == null && columns == 0 && !told.contains(what)) {
            line("  ", what, "");
        }
    }

    @Override
    public synchronized void stepEnded(String name, boolean hit) {
        if (!isNews(name)) {
            return;
        }
        var what = cached.contains(name) ? "fetch " + name : name;
        var stepBegan = steps.remove(what);
        if (hit && cached.add(name)) {
            line("  ", name, "cached");
        } else if (stepBegan != null && (told.add(what) || seconds(stepBegan) >= 1)) {
            // The builder ends and begins some steps over and over, a moment each.
            line("  ", what, "%.1f s".formatted(seconds(stepBegan)));
        }
    }

    @Override
    public synchronized void stepFailed(String name) {
        if (steps.remove(name) != null) {
            line("  ", name, name.startsWith("importing cache") ? "not read" : "failed");
        }
    }

    private static boolean isNews(String step) {
        return !step.startsWith("[internal]");
    }

    @Override
    public synchronized void output(String text) {
        if (verbose) {
            line("    ", text, "");
        }
    }

    private void endActivity() {
        if (columns > 0 && !activity.isEmpty()) {
            line("", activity, "%.1f s".formatted(seconds(activityBegan)));
        }
        activity = "";
    }

    /** A line that stays. */
    private void line(String indent, String what, String end) {
        erase();
        out.println(text(indent, what, end));
        draw();
    }

    private void draw() {
        if (columns == 0 || activity.isEmpty() || closed) {
            return;
        }
        erase();
        for (var line : living()) {
            out.println(line);
            drawn++;
        }
        out.flush();
    }

    private List<String> living() {
        var lines = new ArrayList<String>();
        lines.add(text("", activity, "%.1f s".formatted(seconds(activityBegan))));
        steps.entrySet().stream()
                .limit(STEPS_SHOWN)
                .forEach(step -> lines.add(text("  ", step.getKey(), "%.1f s".formatted(seconds(step.getValue())))));
        return lines;
    }

    private void erase() {
        if (drawn > 0) {
            out.printf(Locale.ROOT, "\033[%dA\033[J", drawn);
            drawn = 0;
        }
    }

    private String text(String indent, String what, String end) {
        var width = columns > 0 ? Math.max(40, columns - 1) : 120;
        var room = width - 10 - (end.isEmpty() ? 0 : 10);
        var shown = indent + Printable.line(what.strip(), room - indent.length());
        var text = "%7.1f  %s".formatted(seconds(began), shown);
        return end.isEmpty()
                ? text
                : text + " ".repeat(room - shown.codePointCount(0, shown.length())) + "%10s".formatted(end);
    }

    private void tick() {
        while (!closed) {
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                return;
            }
            synchronized (this) {
                draw();
            }
        }
    }

    private static double seconds(Instant since) {
        return Duration.between(since, Instant.now()).toMillis() / 1000.0;
    }

    /** Ends what lives: results follow. */
    synchronized void finish() {
        steps.clear();
        endActivity();
        erase();
        out.flush();
    }

    @Override
    public synchronized void close() {
        finish();
        closed = true;
    }
}
