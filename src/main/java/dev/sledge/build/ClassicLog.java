package dev.sledge.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.plan.PlannedStage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The classic builder's log, each line wrapped as {@code {"time": seconds, "line": "…"}} when it came.
 *
 * <p>It prints {@code Step 3/9 : RUN …}, and {@code  ---> Using cache} below a hit. The recipe runs the builder once a stage, and each
 * run goes through all stages up to its own; what counts is the first time that a stage is gone through.
 *
 * @see <a href="https://github.com/moby/moby/blob/master/daemon/builder/dockerfile/builder.go">dispatchDockerfileWithCancellation</a>
 */
public final class ClassicLog implements BuildLog {
    private static final int LINES_KEPT = 20;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern STEP = Pattern.compile("Step ([0-9]{1,6})/([0-9]{1,6}) : ((\\S+).*)");
    private static final Pattern LAYER = Pattern.compile("(?i)RUN|COPY|ADD|WORKDIR");
    private static final Pattern DONE = Pattern.compile(" ---> [0-9a-f]{12}");

    private final ClassicLayers layers = new ClassicLayers();
    private final Deque<String> last = new ArrayDeque<>();

    private int stage = -1;
    private int number;
    private int step;
    private int steps;
    private String instruction = "";
    private boolean layer;
    private boolean running;
    private boolean cached;
    private boolean done;
    private String failure = "";
    private double started;
    private double now;

    private ClassicLog() {}

    /** Reads a whole log. A step at which it breaks off was not reached, unless the log says that it failed. */
    public static ClassicLog read(String log) {
        var read = new ClassicLog();
        for (var wrapped : (Iterable<String>) log.lines()::iterator) {
            try {
                read.entry(JSON.readTree(wrapped), wrapped);
            } catch (JsonProcessingException e) {
                read.keep(wrapped);
            }
        }
        read.end();
        return read;
    }

    private void entry(JsonNode entry, String wrapped) {
        if (entry.path("time").isNumber() && entry.path("line").isTextual()) {
            now = entry.path("time").asDouble();
            line(entry.path("line").asText());
        } else if (!wrapped.isBlank()) {
            keep(wrapped);
        }
    }

    private void line(String line) {
        var next = STEP.matcher(line);
        if (next.matches() && isNext(Integer.parseInt(next.group(1)), Integer.parseInt(next.group(2)))) {
            done |= layer;
            end();
            begin(next.group(3), next.group(4));
            return;
        }
        keep(line);
        if (line.startsWith("Successfully built ")) {
            done |= layer;
            end();
            step = 0;
        } else if (line.startsWith(" ---> Running in ")) {
            running = true;
        } else if (line.equals(" ---> Using cache")) {
            // What a command prints looks like the builder's own lines: a step that runs has missed the cache.
            cached |= !running;
        } else if (DONE.matcher(line).matches()) {
            done = true;
        } else if (isFailure(line)) {
            failure = line;
        }
    }

    /** Whether a line is the builder's: its steps count up, and start again only with a run of it. */
    private boolean isNext(int nextStep, int of) {
        if (nextStep == 1 ? layer && !done : nextStep != step + 1 || of != steps) {
            return false;
        }
        step = nextStep;
        steps = of;
        return true;
    }

    private void begin(String text, String keyword) {
        if (step == 1) {
            stage = -1;
        }
        if (keyword.equalsIgnoreCase("FROM")) {
            stage++;
            number = 0;
        }
        layer = LAYER.matcher(keyword).matches();
        number += layer ? 1 : 0;
        instruction = text;
        running = false;
        cached = false;
        done = false;
        failure = "";
        started = now;
        last.clear();
    }

    private void end() {
        if (layer && (done || !failure.isEmpty())) {
            layers.add(stage, number, instruction, outcome());
        }
        layer = false;
    }

    private StepOutcome outcome() {
        var took = Duration.ofMillis(Math.max(0, Math.round((now - started) * 1000)));
        if (!done) {
            var output = last.stream()
                    .filter(line -> !line.startsWith(" ---> ") && !line.equals(failure))
                    .toList();
            return new StepOutcome.Failed(took, failure, output);
        }
        return cached ? new StepOutcome.Hit(took) : new StepOutcome.Ran(took);
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
    public StepOutcome outcome(PlannedStage of, PlannedStage.Step wanted) {
        return layers.outcome(of, wanted);
    }

    /** The classic builder does not tell digests. */
    @Override
    public Optional<String> digest(PlannedStage stage, PlannedStage.Step step) {
        return Optional.empty();
    }

    @Override
    public List<String> lastWords() {
        return new ArrayList<>(last);
    }

    @Override
    public List<String> cacheFaults() {
        return List.of();
    }

    /** It pulls before it is started. */
    @Override
    public Duration cacheRead() {
        return Duration.ZERO;
    }
}
