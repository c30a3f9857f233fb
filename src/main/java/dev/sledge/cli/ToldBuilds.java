package dev.sledge.cli;

import dev.sledge.build.Builds;
import dev.sledge.build.StartToken;
import dev.sledge.build.StartedBuild;
import dev.sledge.plan.BuildPlan;
import dev.sledge.render.RenderedBuild;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Builds that are told more than their plans say.
 *
 * @param more variables of their environment: the token of a forge, or how something is to be measured
 */
record ToldBuilds(Builds builds, Function<BuildPlan, Map<String, String>> more) implements Builds {
    @Override
    public StartedBuild start(BuildPlan plan, RenderedBuild build, StartToken token) {
        var environment = new TreeMap<>(build.environment());
        environment.putAll(more.apply(plan));
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
