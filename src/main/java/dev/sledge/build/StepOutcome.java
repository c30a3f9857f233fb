package dev.sledge.build;

import java.time.Duration;
import java.util.List;

/** What became of one step of a stage, as the builder's log tells it. */
public sealed interface StepOutcome {
    /** How long it kept the builder busy; for a hit the time to fetch the layer, if it was needed at all. */
    Duration took();

    /** The cache had its result. */
    record Hit(Duration took) implements StepOutcome {}

    /** It was executed. */
    record Ran(Duration took) implements StepOutcome {}

    /**
     * It was executed and failed.
     *
     * @param error the builder's own words
     * @param output its last lines
     */
    record Failed(Duration took, String error, List<String> output) implements StepOutcome {
        public Failed {
            output = List.copyOf(output);
        }
    }

    /** The build ended before it was its turn, or while it ran because another step failed. */
    record NotReached() implements StepOutcome {
        @Override
        public Duration took() {
            return Duration.ZERO;
        }
    }
}
