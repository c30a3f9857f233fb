package dev.sledge.build;

import dev.sledge.build.BuildRecord.StageRecord;
import java.time.Instant;
import java.util.List;

/**
 * What later builds are compared with: one line of {@code history.json}.
 *
 * @param build in the service's words
 * @param ref the tag that follows its ref
 * @param cache the kind of cache
 * @param wrote what of the cache holds its steps since then; empty if nothing was written
 * @param ended when, in ISO 8601
 * @param seconds from start to end
 * @param engineMebibytes what its engine's state came to, in MiB; 0 if it was not told
 */
public record PastBuild(
        String build,
        String ref,
        String commit,
        String cache,
        List<String> wrote,
        String ended,
        double seconds,
        int engineMebibytes,
        List<Stage> stages) {
    public PastBuild {
        wrote = List.copyOf(wrote);
        stages = List.copyOf(stages);
    }

    public record Stage(String name, List<Step> steps) {
        public Stage {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One step.
     *
     * @param instruction as its Dockerfile said it
     * @param digest as the builder knows it; empty if it did not say
     */
    public record Step(String instruction, String digest, boolean hit, double seconds) {}

    static PastBuild of(BuildRecord record, BuildLog log) {
        var plan = record.plan();
        var wrote = record.runs() > 0 && record.cacheFaults().isEmpty()
                ? plan.cache().writes()
                : List.<String>of();
        return new PastBuild(
                record.finished().build().id(),
                plan.output().refTag().value(),
                plan.source().commit().hex(),
                RecordJson.kind(plan.cache()),
                wrote,
                ended(record).toString(),
                record.finished().took().toMillis() / 1000.0,
                record.engine().counted(),
                record.stages().stream().map(stage -> of(stage, log)).toList());
    }

    static Instant ended(BuildRecord record) {
        return record.finished().started().plus(record.finished().took());
    }

    private static Stage of(StageRecord stage, BuildLog log) {
        var steps = stage.steps().stream()
                .map(step -> new Step(
                        step.step().instruction(),
                        log.digest(stage.stage(), step.step()).orElse(""),
                        step.outcome() instanceof StepOutcome.Hit,
                        step.outcome().took().toMillis() / 1000.0))
                .toList();
        return new Stage(stage.stage().name(), steps);
    }
}
