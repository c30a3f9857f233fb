package dev.sledge.lambda;

import dev.sledge.aws.EventJson;
import dev.sledge.build.PlanJson;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.image.Platform;
import dev.sledge.plan.BuildPlanner;
import dev.sledge.plan.BuildRequest;
import dev.sledge.plan.Destination;
import dev.sledge.plan.PastBuilds;
import dev.sledge.plan.Planning;
import dev.sledge.render.BuildspecRenderer;
import dev.sledge.source.SourceFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A push of a repository that is nowhere, from its event to its buildspec: what every push goes through, without a service. */
final class SamplePush {
    private static final GitRef.Branch MAIN = new GitRef.Branch("main");
    private static final Pushed PUSH = new Pushed(
            new Repository("sledge.invalid", "sample/push"),
            MAIN,
            new Before.Nothing(),
            new CommitId("0".repeat(39) + "1"),
            MAIN);
    private static final String DOCKERFILE = """
            FROM debian:trixie-slim AS build
            COPY --chown=1:1 . /src
            RUN <<END
            make
            END
            FROM scratch
            COPY --from=build /src/out /
            """;

    private SamplePush() {}

    static void prime() {
        var event = (Pushed) EventJson.read(EventJson.write(PUSH));
        var planner = new BuildPlanner(
                new Destination("sledge.invalid", "sledge"), Platform.LINUX_AMD64, image -> PastBuilds.none());
        var planning = planner.plan(
                BuildRequest.of(event, MAIN),
                URI.create("https://sledge.invalid/sample/push.git"),
                Optional.empty(),
                path -> path.equals("Dockerfile")
                        ? new SourceFile.Found(DOCKERFILE.getBytes(StandardCharsets.UTF_8))
                        : new SourceFile.Missing());
        if (!(planning instanceof Planning.Planned(var plans, var warnings))) {
            throw new IllegalStateException("the sample is not planned: " + planning);
        }
        plans.forEach(plan -> {
            BuildspecRenderer.render(plan, "s3://sledge/uploads");
            PlanJson.read(PlanJson.write(plan));
        });
    }
}
