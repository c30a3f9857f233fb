package dev.sledge.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.plan.PlannedStage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * BuildKit's own log, as {@code docker buildx build --progress=rawjson} prints it: JSON objects, on one line each or indented, and
 * at the end, after a failure, some lines of plain text.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/client/graph.go">SolveStatus, Vertex and VertexLog</a>
 */
public final class BuildKitLog implements BuildLog {
    private static final int LINES_KEPT = 20;
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Vertex> vertices = new LinkedHashMap<>();
    private final List<String> text = new ArrayList<>();

    private BuildKitLog() {}

    /** Reads a whole log; what is no JSON is kept as text, so a truncated log gives what it has. */
    public static BuildKitLog read(String log) {
        var read = new BuildKitLog();
        var object = new StringBuilder();
        for (var line : (Iterable<String>) log.lines()::iterator) {
            var inside = !object.isEmpty();
            if (inside || line.startsWith("{")) {
                object.append(line).append('\n');
                if (line.equals("}") || (!inside && line.length() > 1)) {
                    read.object(object.toString());
                    object.setLength(0);
                }
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
                    .forEach(vertex -> vertex(vertex.path("digest").asText()).update(vertex));
            status.path("logs")
                    .forEach(entry -> vertex(entry.path("vertex").asText())
                            .print(entry.path("data").asText()));
        } catch (JsonProcessingException e) {
            text.add(json.strip());
        }
    }

    private Vertex vertex(String digest) {
        return vertices.computeIfAbsent(digest, d -> new Vertex());
    }

    @Override
    public StepOutcome outcome(PlannedStage stage, PlannedStage.Step step) {
        return vertices.values().stream()
                .filter(vertex -> vertex.name.startsWith(step.label() + " "))
                .findFirst()
                .or(() -> sameStepOfAnotherStage(step))
                .map(Vertex::outcome)
                .orElseGet(StepOutcome.NotReached::new);
    }

    /** Steps that are alike in two stages are one vertex, named after the first of them. */
    private Optional<Vertex> sameStepOfAnotherStage(PlannedStage.Step step) {
        return vertices.values().stream()
                .filter(vertex -> vertex.name.startsWith("[") && vertex.name.endsWith("] " + step.instruction()))
                .findFirst();
    }

    @Override
    public List<String> lastWords() {
        var words = new ArrayList<String>();
        for (var vertex : vertices.values()) {
            if (!vertex.error.isEmpty() && !vertex.cancelled()) {
                words.add(vertex.name + ": " + vertex.error);
            }
        }
        text.stream().filter(line -> line.startsWith("ERROR: ")).forEach(words::add);
        return words.isEmpty() ? List.copyOf(text) : words;
    }

    @Override
    public List<String> cacheFaults() {
        var faults = new ArrayList<String>();
        for (var vertex : vertices.values()) {
            var aboutCache = vertex.name.startsWith("importing cache") || vertex.name.startsWith("exporting cache");
            // "not found" is how a registry says that there is no cache yet: that is no fault.
            if (aboutCache && !vertex.error.isEmpty() && !vertex.error.contains("not found")) {
                faults.add(vertex.name + " failed: " + vertex.error);
            }
        }
        return faults;
    }

    /** One vertex of BuildKit's graph, put together from all that the log says of its digest. */
    private static final class Vertex {
        private String name = "";
        private String error = "";
        private boolean cached;
        private Duration took = Duration.ZERO;
        private final StringBuilder output = new StringBuilder();

        void update(JsonNode vertex) {
            name = vertex.path("name").asText(name);
            error = vertex.path("error").asText(error);
            // A layer that is fetched late is told twice, and only the first time as cached: any of them counts.
            cached |= vertex.path("cached").asBoolean(false);
            if (vertex.has("started") && vertex.has("completed")) {
                took = Duration.between(
                        Instant.parse(vertex.path("started").asText()),
                        Instant.parse(vertex.path("completed").asText()));
            }
        }

        void print(String base64) {
            output.append(new String(Base64.getDecoder().decode(base64), java.nio.charset.StandardCharsets.UTF_8));
            if (output.length() > 1 << 16) {
                output.delete(0, output.length() - (1 << 15));
            }
        }

        boolean cancelled() {
            return error.contains("context canceled");
        }

        StepOutcome outcome() {
            if (cached) {
                return new StepOutcome.Hit(took);
            }
            if (cancelled()) {
                return new StepOutcome.NotReached();
            }
            if (!error.isEmpty()) {
                return new StepOutcome.Failed(took, error, lastLines());
            }
            return took.isZero() ? new StepOutcome.NotReached() : new StepOutcome.Ran(took);
        }

        private List<String> lastLines() {
            var lines = output.toString().lines().toList();
            return lines.subList(Math.max(0, lines.size() - LINES_KEPT), lines.size());
        }
    }
}
