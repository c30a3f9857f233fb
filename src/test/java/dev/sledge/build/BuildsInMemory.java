package dev.sledge.build;

import dev.sledge.plan.BuildPlan;
import dev.sledge.render.RenderedBuild;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds that are a list: each starts, none ends by itself. */
public final class BuildsInMemory implements Builds {
    private final List<RenderedBuild> started = new ArrayList<>();
    private final List<StartedBuild> stopped = new ArrayList<>();
    private final Map<StartToken, StartedBuild> known = new HashMap<>();
    private int most = Integer.MAX_VALUE;
    private boolean loses;

    /** From now on no more than {@code builds} are started in all, as by a service that has reached its limit. */
    public void refuseAfter(int builds) {
        most = builds;
    }

    /** The next start is done, and its answer is lost. */
    public void loseNextAnswer() {
        loses = true;
    }

    /** No build that was started runs any longer, and nobody will tell its end: what becomes of those of a process that is gone. */
    public void forget() {
        known.clear();
    }

    /** In the order in which they were started; the first has number 1. */
    public List<RenderedBuild> started() {
        return List.copyOf(started);
    }

    @Override
    public StartedBuild start(BuildPlan plan, RenderedBuild build, StartToken token) {
        var before = known.get(token);
        if (before != null) {
            return before;
        }
        if (started.size() >= most) {
            throw new BuildNotStartedException("too many builds run already");
        }
        started.add(build);
        var now = new StartedBuild("sledge:" + started.size(), started.size());
        known.put(token, now);
        if (loses) {
            loses = false;
            throw new BuildNotStartedException("no answer");
        }
        return now;
    }

    @Override
    public void stop(StartedBuild build) {
        stopped.add(build);
    }

    /** In the order in which they were asked to stop. */
    public List<StartedBuild> stopped() {
        return List.copyOf(stopped);
    }

    @Override
    public Optional<StartedBuild> find(BuildPlan plan, StartToken token) {
        return Optional.ofNullable(known.get(token));
    }
}
