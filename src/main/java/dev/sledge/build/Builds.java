package dev.sledge.build;

import dev.sledge.plan.BuildPlan;
import dev.sledge.render.RenderedBuild;
import java.util.Optional;

/** Where builds run: CodeBuild in the cloud, a container of the build image on a laptop, a list in a test. */
public interface Builds {
    /**
     * Starts {@code build} and returns at once. The same start tried again at once, which its token tells, gives the build that runs already.
     *
     * @throws BuildNotStartedException if the service refused or could not be reached; nothing is running then, as far as it told
     */
    StartedBuild start(BuildPlan plan, RenderedBuild build, StartToken token);

    /**
     * The build that starts with {@code token} came to, if it runs, or its end is still to be told.
     *
     * @param plan that of the start
     * @throws BuildNotStartedException if there was no answer about it
     */
    Optional<StartedBuild> find(BuildPlan plan, StartToken token);

    /**
     * Asks that a build be stopped; its end is told as any other. Nothing happens to one that has ended, or that nobody knows.
     *
     * @throws BuildNotStoppedException if the service refused or could not be reached; the build may go on
     */
    void stop(StartedBuild build);
}
