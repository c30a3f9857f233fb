package dev.sledge.cli;

import dev.sledge.build.Builds;
import dev.sledge.build.StartToken;
import dev.sledge.build.StartedBuild;
import dev.sledge.forge.Forges;
import dev.sledge.plan.BuildPlan;
import dev.sledge.render.RenderedBuild;
import java.util.HashMap;
import java.util.Optional;

/** Builds that fetch with the token of the forge. */
record CreditedBuilds(Builds builds, Forges forges) implements Builds {
    @Override
    public StartedBuild start(BuildPlan plan, RenderedBuild build, StartToken token) {
        var environment = new HashMap<>(build.environment());
        environment.putAll(forges.gitEnvironment(plan.source().repository()));
        return builds.start(plan, new RenderedBuild(build.buildspec(), environment), token);
    }

    @Override
    public Optional<StartedBuild> find(BuildPlan plan, StartToken token) {
        return builds.find(plan, token);
    }

    @Override
    public void stop(StartedBuild build) {
        builds.stop(build);
    }
}
