package dev.sledge.pipeline;

import dev.sledge.build.Asker;
import dev.sledge.build.Bucket;
import dev.sledge.build.Builds;
import dev.sledge.build.Claims;
import dev.sledge.build.Claims.Claim;
import dev.sledge.build.PlanJson;
import dev.sledge.build.ResultFolder;
import dev.sledge.pipeline.PushOutcome.ImageOutcome;
import dev.sledge.plan.BuildPlan;
import dev.sledge.render.BuildspecRenderer;
import java.nio.charset.StandardCharsets;

/**
 * A plan becomes one running build, however often it is asked for. Each step may be the last that is done: whoever is asked next goes on
 * from there.
 */
final class BuildStarts {
    private final Builds builds;
    private final Bucket bucket;
    private final Claims claims;
    private final RefTags tags;
    private final BuildStatuses statuses;
    private final Asker asker;

    BuildStarts(Builds builds, Bucket bucket, Claims claims, RefTags tags, BuildStatuses statuses, Asker asker) {
        this.builds = builds;
        this.bucket = bucket;
        this.claims = claims;
        this.tags = tags;
        this.statuses = statuses;
        this.asker = asker;
    }

    ImageOutcome start(BuildPlan plan) {
        return switch (claims.claim(plan, asker)) {
            case Claim.Granted granted -> start(granted);
            case Claim.Running(var running, var build) -> new ImageOutcome.RunsAlready(running, build);
            case Claim.Built(var built, var build) -> {
                // The ref may be another one, or have come back to this commit.
                if (plan.pushes()) {
                    tags.follow(plan, plan.source().ref());
                    statuses.isThere(plan, ResultFolder.of(built, build));
                }
                yield new ImageOutcome.BuiltAlready(built, build);
            }
        };
    }

    private ImageOutcome start(Claim.Granted granted) {
        var plan = granted.plan();
        var rendered = BuildspecRenderer.render(plan, bucket.root() + "/" + ResultFolder.UPLOADS);
        var started = granted.found().orElseGet(() -> builds.start(plan, rendered, granted.token()));
        var folder = ResultFolder.of(plan, started);
        // Whoever hears of the build's end reads here what it was to do.
        bucket.results().put(folder, "plan.json", PlanJson.write(plan).getBytes(StandardCharsets.UTF_8));
        claims.started(granted, started);
        statuses.started(plan, folder);
        return new ImageOutcome.Started(plan, started);
    }
}
