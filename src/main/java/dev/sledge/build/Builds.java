package dev.sledge.build;

import dev.sledge.plan.BuildPlan;
import dev.sledge.render.RenderedBuild;

/** Where builds run: CodeBuild in the cloud, a container of the build image on a laptop, a list in a test. */
public interface Builds {
    /**
     * Starts {@code build} and returns at once.
     *
     * @throws BuildNotStartedException if the service refused or could not be reached; nothing is running then
     */
    StartedBuild start(BuildPlan plan, RenderedBuild build);
}
