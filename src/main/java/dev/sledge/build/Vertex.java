package dev.sledge.build;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One vertex of BuildKit's graph, put together from all that the log says of its digest. */
final class Vertex {
    private static final int LINES_KEPT = 20;
    private static final int BYTES_KEPT = 1 << 15;

    private final String digest;
    private String name = "";
    private String error = "";
    private boolean cached;
    private List<String> inputs = List.of();

    /** When it began and when it ended, each time: a layer that is fetched late begins anew with every part of it. */
    private final Map<Instant, Instant> times = new TreeMap<>();

    /** Bytes, since a character may be cut between two entries. */
    private ByteArrayOutputStream output = new ByteArrayOutputStream();

    Vertex(String digest) {
        this.digest = digest;
    }

    void update(JsonNode vertex) {
        name = vertex.path("name").asText(name);
        error = vertex.path("error").asText(error);
        // A layer that is fetched late is told several times, and only the first time as cached: any of them counts.
        cached |= vertex.path("cached").asBoolean(false);
        if (!vertex.path("inputs").isEmpty()) {
            inputs = vertex.path("inputs").valueStream().map(JsonNode::asText).toList();
        }
        time(vertex.path("started"))
                .ifPresent(started -> time(vertex.path("completed")).ifPresent(ended -> times.put(started, ended)));
    }

    private static Optional<Instant> time(JsonNode text) {
        try {
            return text.isTextual() ? Optional.of(Instant.parse(text.asText())) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    void print(JsonNode base64) {
        try {
            output.writeBytes(Base64.getDecoder().decode(base64.asText()));
        } catch (IllegalArgumentException e) {
            // Not what BuildKit writes: there is no output in it.
            return;
        }
        if (output.size() > 2 * BYTES_KEPT) {
            var all = output.toByteArray();
            output = new ByteArrayOutputStream();
            output.writeBytes(Arrays.copyOfRange(all, all.length - BYTES_KEPT, all.length));
        }
    }

    String digest() {
        return digest;
    }

    /** When it began and when it ended, each time. */
    Map<Instant, Instant> times() {
        return times;
    }

    /** Digests of the vertices that it builds on. */
    List<String> inputs() {
        return inputs;
    }

    String name() {
        return name;
    }

    /** Why it failed, in BuildKit's words; empty if it did not. */
    String error() {
        return error;
    }

    boolean failed() {
        return !error.isEmpty();
    }

    /** Whether it was stopped because another one failed. */
    boolean cancelled() {
        return error.contains("context canceled");
    }

    StepOutcome outcome() {
        if (cached) {
            return new StepOutcome.Hit(took());
        }
        if (cancelled()) {
            return new StepOutcome.NotReached();
        }
        if (failed()) {
            return new StepOutcome.Failed(took(), error, lastLines());
        }
        return times.isEmpty() ? new StepOutcome.NotReached() : new StepOutcome.Ran(took());
    }

    private Duration took() {
        return times.entrySet().stream()
                .map(time -> Duration.between(time.getKey(), time.getValue()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private List<String> lastLines() {
        var lines = output.toString(StandardCharsets.UTF_8).lines().toList();
        return lines.subList(Math.max(0, lines.size() - LINES_KEPT), lines.size());
    }
}
