package dev.sledge.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.BuildRecord.StageRecord;
import dev.sledge.plan.Cache;
import dev.sledge.plan.PlannedStage;
import java.time.Duration;
import java.util.Locale;

/**
 * A record as {@code record.json}; the shape is described in {@code docs/record.md}. Times are ISO 8601 in UTC, durations are seconds.
 */
public final class RecordJson {
    /** Raised when a field changes its meaning or goes away; new fields may come at any time. */
    public static final int VERSION = 1;

    private static final JsonMapper JSON = new JsonMapper();

    private RecordJson() {}

    /** The record as the text of {@code record.json}. */
    public static String text(BuildRecord record) {
        return of(record).toPrettyString();
    }

    /** Whether the build of a {@code record.json} succeeded. */
    static boolean succeeded(String text) {
        try {
            return JSON.readTree(text).path("outcome").asText().equals("succeeded");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this is no record.json: " + e.getOriginalMessage(), e);
        }
    }

    public static ObjectNode of(BuildRecord record) {
        var plan = record.plan();
        var json = JSON.createObjectNode().put("version", VERSION);
        json.put("repository", plan.source().repository().fullName());
        json.put("ref", plan.source().ref().full());
        json.put("commit", plan.source().commit().hex());
        json.put("build", record.finished().build().id());
        json.put("number", record.finished().build().number());
        json.put("outcome", name(record));
        json.put("started", record.finished().started().toString());
        json.put("seconds", seconds(record.finished().took()));
        json.put("trust", plan.source().trust().name().toLowerCase(Locale.ROOT));
        image(record, json.putArray("images"));
        failure(record, json);
        phases(record, json.putArray("phases"));
        json.putObject("steps").put("hit", record.hits()).put("run", record.runs());
        var stages = json.putArray("stages");
        record.stages().forEach(stage -> stage(stage, stages.addObject()));
        var cache = json.putObject("cache").put("kind", kind(plan.cache()));
        plan.decision().why().forEach(cache.putArray("why")::add);
        record.cacheFaults().forEach(cache.putArray("faults")::add);
        cache.put("read", seconds(record.cache().read()))
                .put("written", seconds(record.cache().written()));
        frozen(record.cache().frozen(), cache);
        engine(record.engine(), json);
        return json;
    }

    /** The outcome in one word: {@code succeeded}, {@code cache_broken}, {@code failed}, {@code disk_full}, {@code timed_out}, {@code stopped}, {@code fault}. */
    private static String name(BuildRecord record) {
        return switch (record.outcome()) {
            case Outcome.Succeeded() -> "succeeded";
            case Outcome.CacheBroken broken -> "cache_broken";
            case Outcome.InstructionFailed failed -> "failed";
            case Outcome.BuildFailed failed -> "failed";
            case Outcome.DiskFull full -> "disk_full";
            case Outcome.Ended(var status) -> status.name().toLowerCase(Locale.ROOT);
        };
    }

    /** A kind of cache, as {@code cache:} names it. */
    public static String kind(Cache cache) {
        return switch (cache) {
            case Cache.Registry registry -> "registry";
            case Cache.Classic classic -> "classic";
            case Cache.Inline inline -> "inline";
            case Cache.Layout layout -> "layout";
            case Cache.Tarball tarball -> "tarball";
            case Cache.Frozen frozen -> "frozen";
            case Cache.Host host -> "host";
            case Cache.None none -> "none";
        };
    }

    private static void image(BuildRecord record, ArrayNode images) {
        var output = record.plan().output();
        for (var published : record.image()) {
            var image = images.addObject();
            image.put("name", output.image().toString());
            var tags = image.putArray("tags");
            published.tags().forEach(tag -> tags.add(tag.value()));
            image.put("digest", published.digest().value());
            image.put("bytes", published.stored().size());
            published.stored().layers().forEach(image.putArray("layers")::add);
        }
    }

    private static void failure(BuildRecord record, ObjectNode json) {
        switch (record.outcome()) {
            case Outcome.Succeeded() -> {}
            case Outcome.CacheBroken(var why) -> json.put("why", why);
            case Outcome.Ended ended -> {}
            case Outcome.InstructionFailed(var stage, var step, var failed) -> {
                var failure = json.putObject("failure");
                failure.put("file", record.plan().recipe().dockerfile());
                failure.put("line", step.line()).put("endLine", step.lastLine());
                failure.put("stage", stage.name()).put("instruction", step.instruction());
                failure.put("message", failed.error());
                failed.output().forEach(failure.putArray("output")::add);
            }
            case Outcome.BuildFailed(var phase, var words) -> {
                var failure = json.putObject("failure").put("phase", phase);
                words.forEach(failure.putArray("output")::add);
            }
            case Outcome.DiskFull(var words) -> json.putObject("failure").put("message", words);
        }
    }

    private static void frozen(FrozenReport report, ObjectNode cache) {
        report.thawed().ifPresent(thawed -> {
            var json = cache.putObject("thawed");
            json.put("scope", thawed.scope()).put("build", thawed.build()).put("way", thawed.way());
            thawed.impossible().forEach(json.putArray("impossible")::add);
            json.put("images", thawed.images()).put("bytes", thawed.size()).put("seconds", seconds(thawed.took()));
            json.put("touched", thawed.served().touched())
                    .put("fetched", thawed.served().fetched())
                    .put("requests", thawed.served().requests());
        });
        report.frozen().ifPresent(frozen -> {
            var json = cache.putObject("frozen");
            json.put("newest", frozen.isNewest()).put("compacted", frozen.isCompacted());
            json.put("images", frozen.images()).put("added", frozen.added()).put("bytes", frozen.size());
            json.put("stopped", seconds(frozen.stopped()))
                    .put("written", seconds(frozen.written()))
                    .put("stored", seconds(frozen.stored()));
        });
    }

    private static void engine(EngineReport report, ObjectNode json) {
        switch (report) {
            case EngineReport.Untold untold -> {}
            case EngineReport.Told(var place, var mebibytes, var why) ->
                json.putObject("engine")
                        .put("state", place.name().toLowerCase(Locale.ROOT))
                        .put("why", why)
                        .put("mebibytes", mebibytes);
        }
    }

    private static void phases(BuildRecord record, ArrayNode phases) {
        for (var ran : record.finished().phases()) {
            var phase = phases.addObject().put("name", ran.name()).put("seconds", seconds(ran.took()));
            phase.put("succeeded", ran.succeeded());
            if (!ran.message().isEmpty()) {
                phase.put("message", ran.message());
            }
        }
    }

    private static void stage(StageRecord record, ObjectNode json) {
        json.put("index", record.stage().index()).put("name", record.stage().name());
        var steps = json.putArray("steps");
        for (var step : record.steps()) {
            step(step.step(), step.outcome(), steps.addObject());
        }
    }

    private static void step(PlannedStage.Step step, StepOutcome outcome, ObjectNode json) {
        json.put("number", step.number()).put("line", step.line()).put("instruction", step.instruction());
        json.put(
                "result",
                switch (outcome) {
                    case StepOutcome.Hit hit -> "hit";
                    case StepOutcome.Ran ran -> "run";
                    case StepOutcome.Failed failed -> "failed";
                    case StepOutcome.NotReached notReached -> "not_reached";
                });
        json.put("seconds", seconds(outcome.took()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
