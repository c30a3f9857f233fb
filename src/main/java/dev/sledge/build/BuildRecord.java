package dev.sledge.build;

import dev.sledge.image.Digest;
import dev.sledge.image.ImageTag;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.PlannedStage;
import java.util.List;

/**
 * All that is known of one build after its end; {@code record.json} is its form in the bucket.
 *
 * @param image the image as it lies in the registry; empty unless the build succeeded and pushed it
 */
public record BuildRecord(
        BuildPlan plan,
        FinishedBuild finished,
        Outcome outcome,
        List<Published> image,
        List<StageRecord> stages,
        EngineReport engine,
        CacheReport cache) {
    public BuildRecord {
        image = List.copyOf(image);
        stages = List.copyOf(stages);
    }

    /**
     * An image in the registry.
     *
     * @param tags those that name it: the commit's, and the ref's where no newer commit has it
     */
    public record Published(ImageRegistry.StoredImage stored, List<ImageTag> tags) {
        public Published {
            tags = List.copyOf(tags);
        }

        public Digest digest() {
            return stored.digest();
        }
    }

    /** One stage and what became of its steps. */
    public record StageRecord(PlannedStage stage, List<StepRecord> steps) {
        public StageRecord {
            steps = List.copyOf(steps);
        }
    }

    public record StepRecord(PlannedStage.Step step, StepOutcome outcome) {}

    /** How a build ended, for the person who pushed. */
    public sealed interface Outcome {
        record Succeeded() implements Outcome {}

        /** The image is there, and the cache that should have helped did not. */
        record CacheBroken(String why) implements Outcome {}

        /** An instruction of the Dockerfile failed: the user's to mend. */
        record InstructionFailed(PlannedStage stage, PlannedStage.Step step, StepOutcome.Failed failure)
                implements Outcome {}

        /** The build failed outside of any instruction; the builder's or the phase's own words. */
        record BuildFailed(String phase, List<String> words) implements Outcome {
            public BuildFailed {
                words = List.copyOf(words);
            }
        }

        /** The machine that built had no room left: nobody's Dockerfile is wrong. */
        record DiskFull(String words) implements Outcome {}

        /** Stopped by time-out, by hand, or by a fault of the service. */
        record Ended(FinishedBuild.Status status) implements Outcome {}
    }

    public BuildRecord withOutcome(Outcome other) {
        return new BuildRecord(plan, finished, other, image, stages, engine, cache);
    }

    /** What went wrong with the cache without stopping the build, each a sentence. */
    public List<String> cacheFaults() {
        return cache.faults();
    }

    /** Steps that the cache had. */
    public long hits() {
        return count(StepOutcome.Hit.class);
    }

    /** Steps that were executed, the failed one included. */
    public long runs() {
        return count(StepOutcome.Ran.class) + count(StepOutcome.Failed.class);
    }

    private long count(Class<? extends StepOutcome> kind) {
        return stages.stream()
                .flatMap(stage -> stage.steps().stream())
                .filter(step -> kind.isInstance(step.outcome()))
                .count();
    }
}
