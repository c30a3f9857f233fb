package dev.sledge.pipeline;

import dev.sledge.build.ResultFolder;
import dev.sledge.build.StartedBuild;
import dev.sledge.plan.BuildPlan;
import dev.sledge.problem.Problem;
import java.util.List;

/** What became of a push. */
public sealed interface PushOutcome {
    /**
     * Builds run.
     *
     * @param builds one an image
     */
    record Started(List<RunningBuild> builds, List<Problem> warnings) implements PushOutcome {
        public Started {
            builds = List.copyOf(builds);
            warnings = List.copyOf(warnings);
        }
    }

    record NothingToBuild(String why) implements PushOutcome {}

    /** The user's files do not say what to build: their fault, and theirs to mend. */
    record Unbuildable(List<Problem> problems) implements PushOutcome {
        public Unbuildable {
            problems = List.copyOf(problems);
        }
    }

    /** One build that runs, and where its results will lie. */
    record RunningBuild(BuildPlan plan, StartedBuild build, ResultFolder folder) {}
}
