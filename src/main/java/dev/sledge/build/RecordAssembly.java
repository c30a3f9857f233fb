package dev.sledge.build;

import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.BuildRecord.StageRecord;
import dev.sledge.build.BuildRecord.StepRecord;
import dev.sledge.plan.BuildPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a record together from the plan, what the build service says and what the builder logged. Pure. */
public final class RecordAssembly {
    private static final String NO_SPACE = "no space left on device";

    private RecordAssembly() {}

    public static BuildRecord assemble(
            BuildPlan plan, FinishedBuild finished, BuildLog log, Optional<ImageRegistry.StoredImage> image) {
        var stages = new ArrayList<StageRecord>();
        for (var stage : plan.stages()) {
            var steps = stage.steps().stream()
                    .map(step -> new StepRecord(step, log.outcome(stage, step)))
                    .toList();
            stages.add(new StageRecord(stage, steps));
        }
        return new BuildRecord(
                plan, finished, outcome(finished, log, stages), image.stream().toList(), stages, log.cacheFaults());
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
        var noSpace = words.stream().filter(line -> line.contains(NO_SPACE)).findFirst();
        if (noSpace.isPresent()) {
            return new Outcome.DiskFull(noSpace.get());
        }
        for (var stage : stages) {
            for (var step : stage.steps()) {
                if (step.outcome() instanceof StepOutcome.Failed failed) {
                    var full = failed.output().stream()
                            .filter(line -> line.contains(NO_SPACE))
                            .findFirst();
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
}
