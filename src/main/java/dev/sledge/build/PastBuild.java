package dev.sledge.build;

import dev.sledge.build.BuildRecord.StageRecord;
import dev.sledge.plan.Exports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What later builds are compared with: one line of {@code history.json}.
 *
 * @param build in the service's words
 * @param ref the tag that follows its ref
 * @param cache the kind of cache
 * @param wrote what of the cache holds its steps since then; empty if nothing was written
 * @param ended when, in ISO 8601
 * @param seconds from start to end
 * @param exports what its engine could write
 * @param cacheSeconds what reading and writing the cache took
 * @param waited until the image was there, less what the steps took that ran for it
 * @param engineMebibytes what its engine's state came to, in MiB; 0 if it was not told
 * @param thawed whether its engine went on with the state of an earlier one
 */
public record PastBuild(
        String build,
        String ref,
        String commit,
        String cache,
        List<String> wrote,
        String ended,
        double seconds,
        Exports exports,
        double cacheSeconds,
        double waited,
        int engineMebibytes,
        boolean thawed,
        List<Stage> stages) {
    /** The phases until an image is there, in CodeBuild's words. */
    private static final Set<String> UNTIL_IMAGE = Set.of("INSTALL", "PRE_BUILD", "BUILD");

    public PastBuild {
        wrote = List.copyOf(wrote);
        stages = List.copyOf(stages);
    }

    /**
     * One stage.
     *
     * @param kept whether its layers were to be kept
     */
    public record Stage(String name, boolean kept, List<Step> steps) {
        public Stage {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One step.
     *
     * @param seconds what it kept the builder busy; of a hit, what fetching its layer took
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
                seconds(record.finished().took()),
                record.cache().exports(),
                seconds(record.cache().read().plus(record.cache().written())),
                waited(record),
                record.engine().counted(),
                record.cache().frozen().thawed().isPresent(),
                record.stages().stream()
                        .map(stage -> of(
                                stage,
                                !plan.decision()
                                        .notKept()
                                        .contains(stage.stage().name()),
                                log))
                        .toList());
    }

    /** The same build, of whose writes some are gone. */
    PastBuild without(List<String> names) {
        var left = wrote.stream().filter(name -> !names.contains(name)).toList();
        return new PastBuild(
                build,
                ref,
                commit,
                cache,
                left,
                ended,
                seconds,
                exports,
                cacheSeconds,
                waited,
                engineMebibytes,
                thawed,
                stages);
    }

    static Instant ended(BuildRecord record) {
        return record.finished().started().plus(record.finished().took());
    }

    /** Steps of several stages run at the same time, so it is a little too small for some. */
    private static double waited(BuildRecord record) {
        var image = record.finished().phases().stream()
                .filter(phase -> UNTIL_IMAGE.contains(phase.name()))
                .mapToDouble(phase -> seconds(phase.took()))
                .sum();
        var ran = record.stages().stream()
                .flatMap(stage -> stage.steps().stream())
                .filter(step -> step.outcome() instanceof StepOutcome.Ran)
                .mapToDouble(step -> seconds(step.outcome().took()))
                .sum();
        return Math.max(0, Math.round((image - ran) * 1000) / 1000.0);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Stage of(StageRecord stage, boolean kept, BuildLog log) {
        var steps = stage.steps().stream()
                .map(step -> new Step(
                        step.step().instruction(),
                        log.digest(stage.stage(), step.step()).orElse(""),
                        step.outcome() instanceof StepOutcome.Hit,
                        seconds(step.outcome().took())))
                .toList();
        return new Stage(stage.stage().name(), kept, steps);
    }
}
