package dev.sledge.pipeline;

import dev.sledge.build.Builds;
import dev.sledge.build.PlanJson;
import dev.sledge.build.ResultFolder;
import dev.sledge.build.Results;
import dev.sledge.event.CommitId;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.PullRequestUpdated;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.RepositoryEvent.RefDeleted;
import dev.sledge.pipeline.PushOutcome.RunningBuild;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.BuildPlanner;
import dev.sledge.plan.BuildRequest;
import dev.sledge.plan.Planning;
import dev.sledge.render.BuildspecRenderer;
import dev.sledge.settings.BuildSettings.CacheChoice;
import dev.sledge.source.Commits;
import dev.sledge.source.SourceFile;
import dev.sledge.source.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;

/** A push becomes builds: read, planned, rendered, started, in that order. */
public final class PushPipeline {
    private final SourceFiles files;
    private final Commits commits;
    private final BuildRequests requests;
    private final BuildRules rules;
    private final BuildStatuses statuses;
    private final BuildPlanner planner;
    private final Builds builds;
    private final Results results;
    private final String resultsRoot;
    private final Optional<CacheChoice> cache;

    /**
     * @param resultsRoot where builds store what they know, {@code s3://bucket}
     * @param cache the kind of cache to use whatever the repository's settings say
     * @param statuses tell the forge what is built
     */
    public PushPipeline(
            SourceFiles files,
            Commits commits,
            BuildPlanner planner,
            Builds builds,
            Results results,
            String resultsRoot,
            Optional<CacheChoice> cache,
            BuildStatuses statuses) {
        this.statuses = statuses;
        this.files = files;
        this.commits = commits;
        this.requests = new BuildRequests(commits);
        this.rules = new BuildRules(commits);
        this.planner = planner;
        this.builds = builds;
        this.results = results;
        this.resultsRoot = resultsRoot;
        this.cache = cache;
    }

    /** Does what an event asks for. */
    public PushOutcome handle(RepositoryEvent event) {
        return switch (event) {
            case RefDeleted deleted ->
                new PushOutcome.NothingToBuild(deleted.ref().full() + " was deleted");
            case Pushed push -> {
                var request = requests.of(push);
                yield unless(rules.refusal(push, request), request);
            }
            case PullRequestUpdated update -> {
                var refusal = rules.refusal(update);
                yield refusal.isPresent() ? new PushOutcome.NothingToBuild(refusal.get()) : pullRequest(update);
            }
        };
    }

    private PushOutcome pullRequest(PullRequestUpdated update) {
        var request = requests.of(update);
        return unless(rules.refusal(request), request);
    }

    private PushOutcome unless(Optional<String> refusal, BuildRequest request) {
        return refusal.isPresent() ? new PushOutcome.NothingToBuild(refusal.get()) : build(request);
    }

    private PushOutcome build(BuildRequest request) {
        return switch (plan(request)) {
            case Planning.Skipped(var why) -> new PushOutcome.NothingToBuild(why);
            case Planning.Unplannable(var problems) -> {
                statuses.unbuildable(request, problems);
                yield new PushOutcome.Unbuildable(problems);
            }
            case Planning.Planned(var plans, var warnings) -> {
                var running = new ArrayList<RunningBuild>();
                for (var plan : plans) {
                    running.add(start(plan));
                }
                yield new PushOutcome.Started(running, warnings);
            }
        };
    }

    private Planning plan(BuildRequest request) {
        var repository = request.repository();
        var remote = files.remote(repository);
        return switch (request.trust()) {
            case TRUSTED -> planner.plan(request, remote, cache, at(repository, request.commit()));
            case FORK -> {
                var ours =
                        commits.find(repository, request.defaultBranch().name()).id();
                yield planner.planFork(request, remote, cache, at(repository, request.commit()), at(repository, ours));
            }
        };
    }

    private Function<String, SourceFile> at(Repository repository, CommitId commit) {
        return path -> files.read(repository, commit, path);
    }

    private RunningBuild start(BuildPlan plan) {
        var rendered = BuildspecRenderer.render(plan, resultsRoot + "/" + ResultFolder.parent(plan));
        var started = builds.start(plan, rendered);
        var folder = ResultFolder.of(plan, started);
        // Whoever hears of the build's end reads here what it was to do.
        results.put(folder, "plan.json", PlanJson.write(plan).getBytes(StandardCharsets.UTF_8));
        statuses.started(plan, folder);
        return new RunningBuild(plan, started, folder);
    }
}
