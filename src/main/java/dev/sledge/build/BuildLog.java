package dev.sledge.build;

import dev.sledge.plan.PlannedStage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a builder's log says about the steps of a plan. */
public interface BuildLog {
    /** The file into which a build by BuildKit writes, without its compression's ending. */
    String OF_BUILDKIT = "buildkit.jsonl";

    /** The same of a build by the classic builder. */
    String OF_CLASSIC = "classic.jsonl";

    /** The outcome of one step; {@link StepOutcome.NotReached} if the log does not mention it. */
    StepOutcome outcome(PlannedStage stage, PlannedStage.Step step);

    /**
     * The digest by which the builder knows a step: the same in two builds only if its instruction, its environment and all that it
     * builds on are the same. Where files come from outside of any image it tells nothing.
     *
     * @return empty if the log does not say, or if the step builds on what may change under the same digest
     */
    Optional<String> digest(PlannedStage stage, PlannedStage.Step step);

    /** What the builder said at its end that belongs to no step, such as a base image that it could not find. */
    List<String> lastWords();

    /** Faults of the cache that did not stop the build, each a sentence: nothing to import, export refused. */
    List<String> cacheFaults();

    /** How long the builder was busy finding out what its caches have, and fetching layers from them. */
    Duration cacheRead();

    /** A log that was never written: the builder was not reached, or its log was lost. */
    static BuildLog none() {
        return new BuildLog() {
            @Override
            public StepOutcome outcome(PlannedStage stage, PlannedStage.Step step) {
                return new StepOutcome.NotReached();
            }

            @Override
            public Optional<String> digest(PlannedStage stage, PlannedStage.Step step) {
                return Optional.empty();
            }

            @Override
            public List<String> lastWords() {
                return List.of();
            }

            @Override
            public List<String> cacheFaults() {
                return List.of();
            }

            @Override
            public Duration cacheRead() {
                return Duration.ZERO;
            }
        };
    }
}
