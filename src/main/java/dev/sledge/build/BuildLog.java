package dev.sledge.build;

import dev.sledge.plan.PlannedStage;
import java.util.List;
import java.util.Optional;

/** What a builder's log says about the steps of a plan. */
public interface BuildLog {
    /** The outcome of one step; {@link StepOutcome.NotReached} if the log does not mention it. */
    StepOutcome outcome(PlannedStage stage, PlannedStage.Step step);

    /**
     * The image that a stage begins with, with its digest as the registry gave it.
     *
     * @return empty if the stage begins with another stage, or the log does not say
     */
    Optional<String> base(PlannedStage stage);

    /** What the builder said at its end that belongs to no step, such as a base image that it could not find. */
    List<String> lastWords();

    /** Faults of the cache that did not stop the build, each a sentence: nothing to import, export refused. */
    List<String> cacheFaults();

    /** A log that was never written: the builder was not reached, or its log was lost. */
    static BuildLog none() {
        return new BuildLog() {
            @Override
            public StepOutcome outcome(PlannedStage stage, PlannedStage.Step step) {
                return new StepOutcome.NotReached();
            }

            @Override
            public Optional<String> base(PlannedStage stage) {
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
        };
    }
}
