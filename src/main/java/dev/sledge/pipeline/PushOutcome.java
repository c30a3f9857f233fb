package dev.sledge.pipeline;

import dev.sledge.build.StartedBuild;
import dev.sledge.plan.BuildPlan;
import dev.sledge.problem.Problem;
import java.util.List;

/** What became of a push. */
public sealed interface PushOutcome {
    /**
     * Its images are seen to.
     *
     * @param images in the order of the settings
     */
    record Planned(List<ImageOutcome> images, List<Problem> warnings) implements PushOutcome {
        public Planned {
            images = List.copyOf(images);
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

    /** What became of one image. */
    sealed interface ImageOutcome {
        BuildPlan plan();

        /** The build of it, whether it still runs or not. */
        StartedBuild build();

        /** It is being built since now. */
        record Started(BuildPlan plan, StartedBuild build) implements ImageOutcome {}

        /** The same commit of the same ref was pushed before, and its build runs. */
        record RunsAlready(BuildPlan plan, StartedBuild build) implements ImageOutcome {}

        /** The same commit of the same ref was pushed before, and its image is there. */
        record BuiltAlready(BuildPlan plan, StartedBuild build) implements ImageOutcome {}
    }
}
