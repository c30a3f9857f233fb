package dev.sledge.cli;

import dev.sledge.build.Asker;
import dev.sledge.build.BuildHistory;
import dev.sledge.build.BuildRecord;
import dev.sledge.build.Builds;
import dev.sledge.build.ImageRegistry;
import dev.sledge.build.Repetitions;
import dev.sledge.build.ResultFolder;
import dev.sledge.build.StartedBuild;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.image.Platform;
import dev.sledge.local.LocalServices;
import dev.sledge.local.WorkTree;
import dev.sledge.pipeline.BuildFinished;
import dev.sledge.pipeline.BuildStatuses;
import dev.sledge.pipeline.PushOutcome;
import dev.sledge.pipeline.PushOutcome.ImageOutcome;
import dev.sledge.pipeline.PushPipeline;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.BuildPlanner;
import dev.sledge.plan.BuildRequest;
import dev.sledge.plan.Planning;
import dev.sledge.registry.OciRegistry;
import dev.sledge.settings.BuildSettings.CacheChoice;
import dev.sledge.source.Commits;
import dev.sledge.source.SourceFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pushes through the whole pipeline, with this machine's engine, registry and S3 in the place of the cloud's. */
final class LocalPush {
    private static final ImageRegistry REGISTRY = new OciRegistry("http");

    private final LocalServices services;
    private final SourceFiles files;
    private final Commits commits;
    private final Builds builds;
    private final Asker asker;
    private final BuildStatuses statuses;

    /** @param builds start on {@code services} in the end */
    LocalPush(
            LocalServices services,
            SourceFiles files,
            Commits commits,
            Builds builds,
            Asker asker,
            BuildStatuses statuses) {
        this.services = services;
        this.files = files;
        this.commits = commits;
        this.builds = builds;
        this.asker = asker;
        this.statuses = statuses;
    }

    /** Pushes of one work tree, which builds fetch from over the loopback. */
    static LocalPush of(LocalServices services, WorkTree tree) {
        return of(services, tree, services.builds());
    }

    /** The same with other builds, which start on {@code services} in the end. */
    static LocalPush of(LocalServices services, WorkTree tree, Builds builds) {
        tree.serve();
        services.expose(tree.port());
        return new LocalPush(services, tree, tree, builds, Asker.PERSON, BuildStatuses.toNobody());
    }

    /** What came of a push, its builds run to their ends. */
    record Pushing(PushOutcome outcome, List<BuildRecord> records) {
        Pushing {
            records = List.copyOf(records);
        }
    }

    /** Handles one event as the function that reads the queue does. */
    Pushing handle(RepositoryEvent event, Optional<CacheChoice> cache) {
        var pipeline = new PushPipeline(
                files, commits, planner(), builds, services.bucket(), REGISTRY, cache, asker, statuses);
        return services.undisturbed(() -> {
            var outcome = pipeline.handle(event);
            var records = new ArrayList<BuildRecord>();
            if (outcome instanceof PushOutcome.Planned(var images, var warnings)) {
                images.forEach(image -> finish(image).ifPresent(records::add));
            }
            return new Pushing(outcome, records);
        });
    }

    private Optional<BuildRecord> finish(ImageOutcome image) {
        return switch (image) {
            case ImageOutcome.Started(var plan, var build) -> Optional.of(finish(plan, build));
            // Left running by an attempt at the same event that failed later.
            case ImageOutcome.RunsAlready(var plan, var build) -> Optional.of(finish(plan, build));
            case ImageOutcome.BuiltAlready built -> Optional.empty();
        };
    }

    private BuildRecord finish(BuildPlan plan, StartedBuild build) {
        var finished = services.builds().await(build, plan);
        return new BuildFinished(services.bucket(), REGISTRY, statuses, Repetitions.none())
                .handle(ResultFolder.of(plan, build), finished);
    }

    /** The plan of a push that builds one image, without building it. */
    BuildPlan plan(Pushed push) {
        var planning = planner()
                .plan(
                        BuildRequest.of(push, commits.defaultBranch(push.repository())),
                        files.remote(push.repository()),
                        Optional.empty(),
                        path -> files.read(push.repository(), push.commit(), path));
        return switch (planning) {
            case Planning.Planned(var plans, var warnings) -> plans.getFirst();
            case Planning.Skipped(var why) -> throw new UserErrorException(why);
            case Planning.Unplannable(var problems) -> throw new UserErrorException(problems.toString());
        };
    }

    private BuildPlanner planner() {
        return new BuildPlanner(
                services.destination(),
                platform(),
                new BuildHistory(services.bucket().shared())::past);
    }

    /** That of this machine, since builds run on it. */
    static Platform platform() {
        return switch (System.getProperty("os.arch")) {
            case "aarch64" -> Platform.LINUX_ARM64;
            default -> Platform.LINUX_AMD64;
        };
    }
}
