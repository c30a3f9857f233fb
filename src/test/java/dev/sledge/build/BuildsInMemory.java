package dev.sledge.build;

import dev.sledge.plan.BuildPlan;
import dev.sledge.render.RenderedBuild;
import java.util.ArrayList;
import java.util.List;

/** Builds that are a list: each starts, none ends by itself. */
public final class BuildsInMemory implements Builds {
    private final List<RenderedBuild> started = new ArrayList<>();
    private int most = Integer.MAX_VALUE;

    /** From now on no more than {@code builds} are started in all, as by a service that has reached its limit. */
    public void refuseAfter(int builds) {
        most = builds;
    }

    /** In the order in which they were started; the first has number 1. */
    public List<RenderedBuild> started() {
        return List.copyOf(started);
    }

    @Override
    public StartedBuild start(BuildPlan plan, RenderedBuild build) {
        if (started.size() >= most) {
            throw new BuildNotStartedException("too many builds run already");
        }
        started.add(build);
        return new StartedBuild("sledge:" + started.size(), started.size());
    }
}
