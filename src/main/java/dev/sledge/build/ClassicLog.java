package dev.sledge.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.plan.PlannedStage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The classic builder's log, each line wrapped as {@code {"time": seconds, "line": "…"}} when it came.
 *
 * <p>It prints {@code Step 3/9 : RUN …}, and {@code  ---> Using cache} below a hit. The recipe runs the builder once a stage, and each
 * run goes through all stages up to its own; what counts is the first time that a stage is gone through.
 */
public final class ClassicLog implements BuildLog {
    private static final int LINES_KEPT = 20;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern STEP = Pattern.compile("Step ([0-9]+)/[0-9]+ : (\\S+)(.*)");
    private static final Pattern LAYER = Pattern.compile("(?i)RUN|COPY|ADD|WORKDIR");

    private final Map<StepKey, StepOutcome> outcomes = new HashMap<>();
    private final Deque<String> last = new ArrayDeque<>();

    private int stage = -1;
    private int number;
    private boolean layer;
    private boolean cached;
    private double started;
    private double now;

    private ClassicLog() {}

    private record StepKey(int stage, int number) {}

    public static ClassicLog read(String log) {
        var read = new ClassicLog();
        for (var wrapped : (Iterable<String>) log.lines()::iterator) {
            try {
                var entry = JSON.readTree(wrapped);
                read.line(entry.path("time").asDouble(), entry.path("line").asText());
            } catch (JsonProcessingException e) {
                read.keep(wrapped);
            }
        }
        read.end(false);
        return read;
    }

    private void line(double time, String line) {
        now = time;
        keep(line);
        var step = STEP.matcher(line);
        if (step.matches()) {
            end(false);
            begin(Integer.parseInt(step.group(1)), step.group(2));
        } else if (line.equals(" ---> Using cache")) {
            cached = true;
        } else if (line.startsWith("Successfully built ")) {
            end(false);
        } else if (layer && isFailure(line)) {
            end(true);
        }
    }

    private void begin(int step, String keyword) {
        if (step == 1) {
            stage = -1;
        }
        if (keyword.equalsIgnoreCase("FROM")) {
            stage++;
            number = 1;
        }
        layer = LAYER.matcher(keyword).matches();
        if (layer) {
            number++;
        }
        cached = false;
        started = now;
        last.clear();
    }

    private void end(boolean failed) {
        if (!layer) {
            return;
        }
        layer = false;
        var took = Duration.ofMillis(Math.round((now - started) * 1000));
        outcomes.putIfAbsent(
                new StepKey(stage, number),
                failed
                        ? new StepOutcome.Failed(took, last.getLast(), List.copyOf(last))
                        : cached ? new StepOutcome.Hit(took) : new StepOutcome.Ran(took));
    }

    private static boolean isFailure(String line) {
        return (line.startsWith("The command ") && line.contains("returned a non-zero code"))
                || line.startsWith("COPY failed: ")
                || line.startsWith("ADD failed: ")
                || line.contains("no space left on device");
    }

    private void keep(String line) {
        last.addLast(line);
        if (last.size() > LINES_KEPT) {
            last.removeFirst();
        }
    }

    @Override
    public StepOutcome outcome(PlannedStage of, PlannedStage.Step step) {
        var outcome = outcomes.get(new StepKey(of.index(), step.number()));
        return outcome == null ? new StepOutcome.NotReached() : outcome;
    }

    @Override
    public List<String> lastWords() {
        return new ArrayList<>(last);
    }

    @Override
    public List<String> cacheFaults() {
        return List.of();
    }
}
