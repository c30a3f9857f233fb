package dev.sledge.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.plan.PlannedStage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * BuildKit's own log, as {@code docker buildx build --progress=rawjson} prints it: JSON objects, on one line each or indented, and
 * at the end, after a failure, some lines of plain text.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/client/graph.go">SolveStatus, Vertex and VertexLog</a>
 */
public final class BuildKitLog implements BuildLog {
    private static final JsonMapper JSON = new JsonMapper();

    /** What a URL or a git reference gives may be other than last time. */
    private static final Pattern REMOTE = Pattern.compile("\\[.*] ADD .*(://|git@).*");

    private final Map<String, Vertex> vertices = new LinkedHashMap<>();
    private final List<String> text = new ArrayList<>();

    private BuildKitLog() {}

    /**
     * Reads a whole log. What is no JSON is kept as text; an object that is cut off is left out, so a truncated log gives what it has.
     */
    public static BuildKitLog read(String log) {
        var read = new BuildKitLog();
        var object = new StringBuilder();
        for (var line : (Iterable<String>) log.lines()::iterator) {
            // All lines inside of an indented object are indented: any other one means that the object was cut off.
            if (!line.startsWith(" ") && !line.equals("}")) {
                object.setLength(0);
            }
            if (line.equals("{") || !object.isEmpty()) {
                object.append(line).append('\n');
                if (line.equals("}")) {
                    read.object(object.toString());
                    object.setLength(0);
                }
            } else if (line.startsWith("{")) {
                read.object(line);
            } else if (!line.isBlank()) {
                read.text.add(line);
            }
        }
        return read;
    }

    private void object(String json) {
        try {
            var status = JSON.readTree(json);
            status.path("vertexes")
                    .forEach(vertex -> vertex(vertex.path("digest")).update(vertex));
            status.path("logs").forEach(entry -> vertex(entry.path("vertex")).print(entry.path("data")));
        } catch (JsonProcessingException e) {
            text.add(json.strip());
        }
    }

    private Vertex vertex(JsonNode digest) {
        return vertices.computeIfAbsent(digest.asText(), Vertex::new);
    }

    @Override
    public StepOutcome outcome(PlannedStage stage, PlannedStage.Step step) {
        return vertex(step).map(Vertex::outcome).orElseGet(StepOutcome.NotReached::new);
    }

    private Optional<Vertex> vertex(PlannedStage.Step step) {
        return vertices.values().stream()
                .filter(vertex -> vertex.name().startsWith(step.label() + " "))
                .findFirst()
                .or(() -> sameStepOfAnotherStage(step));
    }

    /**
     * Steps that are alike in two stages are one vertex, named after the first of them. No other step is mistaken for one: BuildKit names
     * every vertex before it runs the first.
     */
    private Optional<Vertex> sameStepOfAnotherStage(PlannedStage.Step step) {
        return vertices.values().stream()
                .filter(vertex -> vertex.name().startsWith("[") && vertex.name().endsWith("] " + step.instruction()))
                .findFirst();
    }

    @Override
    public Optional<String> digest(PlannedStage stage, PlannedStage.Step step) {
        return vertex(step).filter(vertex -> !buildsOnRemote(vertex)).map(Vertex::digest);
    }

    private boolean buildsOnRemote(Vertex vertex) {
        var waiting = new ArrayDeque<>(List.of(vertex));
        var seen = new HashSet<Vertex>();
        for (var next = waiting.poll(); next != null; next = waiting.poll()) {
            if (REMOTE.matcher(next.name()).matches()) {
                return true;
            }
            if (seen.add(next)) {
                next.inputs().stream()
                        .map(vertices::get)
                        .filter(Objects::nonNull)
                        .forEach(waiting::add);
            }
        }
        return false;
    }

    @Override
    public List<String> lastWords() {
        var words = new ArrayList<String>();
        for (var vertex : vertices.values()) {
            if (vertex.failed() && !vertex.cancelled() && !importsCache(vertex) && !exportsCache(vertex)) {
                words.add(vertex.name() + ": " + vertex.error());
            }
        }
        text.stream().filter(line -> line.startsWith("ERROR: ")).forEach(words::add);
        return words.isEmpty() ? List.copyOf(text) : words;
    }

    @Override
    public List<String> cacheFaults() {
        var faults = new ArrayList<String>();
        for (var vertex : vertices.values()) {
            // "not found" is how a registry says that there is no cache yet, which is no fault; nor is the end of a
            // build.
            var noneYet = importsCache(vertex) && vertex.error().contains("not found");
            if (vertex.failed() && !vertex.cancelled() && !noneYet && (importsCache(vertex) || exportsCache(vertex))) {
                faults.add(vertex.name() + " failed: " + vertex.error());
            }
        }
        return faults;
    }

    @Override
    public Duration cacheRead() {
        return busy(vertex -> importsCache(vertex) || vertex.outcome() instanceof StepOutcome.Hit);
    }

    /** How long the builder did anything at all. */
    Duration busy() {
        return busy(vertex -> true);
    }

    /** What is done at the same time counts once. */
    private Duration busy(Predicate<Vertex> with) {
        var times = vertices.values().stream()
                .filter(with)
                .flatMap(vertex -> vertex.times().entrySet().stream())
                .sorted(Map.Entry.comparingByKey())
                .toList();
        var busy = Duration.ZERO;
        var until = Instant.MIN;
        for (var time : times) {
            var from = time.getKey().isAfter(until) ? time.getKey() : until;
            if (time.getValue().isAfter(from)) {
                busy = busy.plus(Duration.between(from, time.getValue()));
                until = time.getValue();
            }
        }
        return busy;
    }

    private static boolean importsCache(Vertex vertex) {
        return vertex.name().startsWith("importing cache");
    }

    private static boolean exportsCache(Vertex vertex) {
        return vertex.name().startsWith("exporting cache");
    }
}
