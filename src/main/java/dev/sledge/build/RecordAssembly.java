package dev.sledge.build;

import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.BuildRecord.StageRecord;
import dev.sledge.build.BuildRecord.StepRecord;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Puts a record together from the plan, what the build service says and what the builder logged. Pure. */
public final class RecordAssembly {
    private static final Pattern NO_SPACE = Pattern.compile("no space left on device", Pattern.CASE_INSENSITIVE);

    private RecordAssembly() {}

    /**
     * Puts it together.
     *
     * @param cache what the build said of its cache besides the log
     */
    public static BuildRecord assemble(
            BuildPlan plan,
            FinishedBuild finished,
            BuildLog log,
            EngineReport engine,
            CacheLogs cache,
            Optional<BuildRecord.Published> image) {
        var stages = new ArrayList<StageRecord>();
        for (var stage : plan.stages()) {
            var steps = stage.steps().stream()
                    .map(step -> new StepRecord(step, log.outcome(stage, step)))
                    .toList();
            stages.add(new StageRecord(stage, steps));
        }
        return new BuildRecord(
                plan,
                finished,
                outcome(finished, log, stages),
                image.stream().toList(),
                stages,
                engine,
                report(plan, finished, cache.report(log)));
    }

    /** Of a plan to go on with a frozen engine of which the build says nothing. */
    private static CacheReport report(BuildPlan plan, FinishedBuild finished, CacheReport report) {
        var silent = plan.cache() instanceof Cache.Frozen
                && finished.status() == FinishedBuild.Status.SUCCEEDED
                && report.frozen().equals(FrozenReport.none());
        return silent
                ? report.withFault(
                        "no engine was thawed or frozen: the build's container has one already, and only one that"
                                + " Sledge's build image (infra/build-image) starts can go on with another's state")
                : report;
    }

    private static Outcome outcome(FinishedBuild finished, BuildLog log, List<StageRecord> stages) {
        return switch (finished.status()) {
            case SUCCEEDED -> new Outcome.Succeeded();
            case TIMED_OUT, STOPPED, FAULT -> new Outcome.Ended(finished.status());
            case FAILED -> failure(finished, log, stages);
        };
    }

    private static Outcome failure(FinishedBuild finished, BuildLog log, List<StageRecord> stages) {
        var words = log.lastWords();
        var noSpace = firstOfNoSpace(words);
        if (noSpace.isPresent()) {
            return new Outcome.DiskFull(noSpace.get());
        }
        for (var stage : stages) {
            for (var step : stage.steps()) {
                if (step.outcome() instanceof StepOutcome.Failed failed) {
                    var full = firstOfNoSpace(failed.output());
                    return full.isPresent()
                            ? new Outcome.DiskFull(full.get())
                            : new Outcome.InstructionFailed(stage.stage(), step.step(), failed);
                }
            }
        }
        var phase = finished.phases().stream().filter(ran -> !ran.succeeded()).findFirst();
        return new Outcome.BuildFailed(
                phase.map(FinishedBuild.Phase::name).orElse("BUILD"),
                words.isEmpty() ? phase.map(ran -> List.of(ran.message())).orElse(List.of()) : words);
    }

    private static Optional<String> firstOfNoSpace(List<String> lines) {
        return lines.stream().filter(line -> NO_SPACE.matcher(line).find()).findFirst();
    }
}
