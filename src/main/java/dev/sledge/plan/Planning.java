package dev.sledge.plan;

import dev.sledge.problem.Problem;
import java.util.List;

/** What came of planning a push. */
public sealed interface Planning {
    /**
     * One plan an image.
     *
     * @param warnings what the user should know and the build does not stop for
     */
    record Planned(List<BuildPlan> plans, List<Problem> warnings) implements Planning {
        public Planned {
            plans = List.copyOf(plans);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The settings do not ask for this ref.
     *
     * @param why in words, with the setting that says it
     */
    record Skipped(String why) implements Planning {}

    /** The user's files do not say what to build. */
    record Unplannable(List<Problem> problems) implements Planning {
        public Unplannable {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("unplannable, yet no problem given");
            }
        }
    }
}
