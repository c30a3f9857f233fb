package dev.sledge.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a build says of the engine that it went on with, and of how it left its own for the next one.
 *
 * @param thawed what it went on with; empty if its engine began with nothing
 * @param frozen what it left; empty if nothing
 * @param faults what went wrong with either, each a sentence
 */
public record FrozenReport(Optional<Thawed> thawed, Optional<Frozen> frozen, List<String> faults) {
    /** What the build stores it as: a line of JSON for each thing that happened. */
    public static final String FILE = "frozen.jsonl";

    private static final JsonMapper JSON = new JsonMapper();

    /** Of {@code timeout}, when the time was over. */
    private static final int TIMED_OUT = 124;

    public FrozenReport {
        faults = List.copyOf(faults);
    }

    /**
     * An engine's state that a build went on with. Sizes are bytes.
     *
     * @param scope whose it was
     * @param build by which build it was frozen: its ARN
     * @param way how its images were mounted: {@code lazy-kernel}, {@code lazy-squashfuse}, {@code whole-kernel}, {@code whole-squashfuse},
     *     {@code unpacked}
     * @param impossible why each better way was not gone
     * @param images how many there were
     * @param size of all of them
     * @param took until an engine could be started with it
     * @param served what of it was needed
     */
    public record Thawed(
            String scope,
            String build,
            String way,
            List<String> impossible,
            int images,
            long size,
            Duration took,
            Served served) {
        public Thawed {
            impossible = List.copyOf(impossible);
        }
    }

    /**
     * What was needed of a state, in bytes. All zero if the build ended before it could tell.
     *
     * @param touched what was read
     * @param fetched what came from the store
     * @param requests how often the store was asked
     */
    public record Served(long touched, long fetched, int requests) {}

    /**
     * What a build left of its engine. Sizes are bytes.
     *
     * @param isNewest whether the next build goes on with it; else another build of the branch was faster
     * @param images how many there are now
     * @param added size of the newest one
     * @param size of all of them
     * @param isCompacted whether all of them became one
     * @param stopped how long it took to stop the engine
     * @param written how long it took to write the image
     * @param stored how long it took to store it
     */
    public record Frozen(
            boolean isNewest,
            int images,
            long added,
            long size,
            boolean isCompacted,
            Duration stopped,
            Duration written,
            Duration stored) {}

    /** A build that has no such engine. */
    public static FrozenReport none() {
        return new FrozenReport(Optional.empty(), Optional.empty(), List.of());
    }

    /** Reads {@link #FILE}. */
    public static FrozenReport read(String text) {
        var events = new ArrayList<JsonNode>();
        var faults = new ArrayList<String>();
        for (var line : text.lines().toList()) {
            try {
                events.add(JSON.readTree(line));
            } catch (JsonProcessingException e) {
                faults.add("what the build said of its frozen engine cannot be read: " + e.getOriginalMessage());
            }
        }
        faults.addAll(faults(events));
        return new FrozenReport(
                event(events, "thawed").map(thawed -> thawed(thawed, event(events, "served"))),
                event(events, "frozen")
                        .map(frozen -> frozen(frozen, true))
                        .or(() -> event(events, "overtaken").map(frozen -> frozen(frozen, false))),
                faults);
    }

    private static Optional<JsonNode> event(List<JsonNode> events, String kind) {
        return events.stream()
                .map(event -> event.path(kind))
                .filter(JsonNode::isObject)
                .findFirst();
    }

    private static Thawed thawed(JsonNode thawed, Optional<JsonNode> served) {
        return new Thawed(
                thawed.path("scope").asText(),
                thawed.path("build").asText(),
                thawed.path("way").asText(),
                texts(thawed.path("impossible")),
                thawed.path("images").asInt(),
                thawed.path("size").asLong(),
                milliseconds(thawed, "show_milliseconds").plus(milliseconds(thawed, "fill_milliseconds")),
                served.map(event -> new Served(
                                event.path("touched").asLong(),
                                event.path("bytes").asLong(),
                                event.path("requests").asInt()))
                        .orElse(new Served(0, 0, 0)));
    }

    private static Frozen frozen(JsonNode frozen, boolean isNewest) {
        return new Frozen(
                isNewest,
                frozen.path("images").asInt(),
                frozen.path("added").asLong(),
                frozen.path("size").asLong(),
                frozen.path("compacted").asBoolean(),
                milliseconds(frozen, "stop_milliseconds"),
                milliseconds(frozen, "write_milliseconds"),
                milliseconds(frozen, "store_milliseconds"));
    }

    private static Duration milliseconds(JsonNode event, String name) {
        return Duration.ofMillis(event.path(name).asLong());
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<String> faults(List<JsonNode> events) {
        var faults = new ArrayList<String>();
        event(events, "not_thawed").map(event -> texts(event.path("why"))).orElse(List.of()).stream()
                .filter(why -> !why.endsWith(": nothing is frozen yet"))
                .forEach(why -> faults.add("a frozen engine was not thawed, " + why));
        event(events, "lost")
                .ifPresent(event ->
                        faults.add("the frozen engine was lost during the build, which began again without it: "
                                + event.path("why").asText()));
        var why = event(events, "not_frozen").map(event -> event.path("why").asText());
        var status = event(events, "failed").map(event -> event.path("status").asInt());
        why.or(() -> status.map(code ->
                        code == TIMED_OUT ? "it took more than ten minutes, and was given up" : "exit status " + code))
                .ifPresent(reason -> faults.add("the engine was not frozen: " + reason));
        return faults;
    }
}
