package dev.sledge.pipeline;

import dev.sledge.build.Builds;
import dev.sledge.build.Claims;
import dev.sledge.build.Claims.Unfinished;
import dev.sledge.build.Heads;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.BuildRequest;

/**
 * Stops the build that a newer commit of its ref made needless. On the default branch and for tags every commit is built to its end: any of
 * them may be the one that is released.
 */
final class OlderBuilds {
    private final Heads heads;
    private final Claims claims;
    private final Builds builds;

    OlderBuilds(Heads heads, Claims claims, Builds builds) {
        this.heads = heads;
        this.claims = claims;
        this.builds = builds;
    }

    /** Whether the ref of a request is one whose older builds nobody waits for. */
    static boolean areNeedless(BuildRequest request) {
        return switch (request.ref()) {
            case GitRef.Branch branch -> !branch.equals(request.defaultBranch());
            case GitRef.PullRequest pullRequest -> true;
            case GitRef.Tag tag -> false;
        };
    }

    /** Stops the build of the commit before, unless another ref is still at it: each newer one did the same with the one before it. */
    void stop(BuildPlan plan) {
        var source = plan.source();
        var repository = source.repository();
        heads.before(repository, source.ref(), source.commit())
                .flatMap(older -> claims.unfinished(plan, older).filter(build -> isNeedless(build, repository, older)))
                .ifPresent(needless -> builds.stop(needless.build()));
    }

    private boolean isNeedless(Unfinished build, Repository repository, CommitId older) {
        return build.refs().stream()
                .noneMatch(ref ->
                        heads.newest(repository, ref).filter(older::equals).isPresent());
    }
}
