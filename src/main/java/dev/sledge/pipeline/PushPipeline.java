package dev.sledge.pipeline;

import dev.sledge.build.Asker;
import dev.sledge.build.Bucket;
import dev.sledge.build.Builds;
import dev.sledge.build.Claims;
import dev.sledge.build.Heads;
import dev.sledge.build.ImageRegistry;
import dev.sledge.build.RefCaches;
import dev.sledge.event.CommitId;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.PullRequestUpdated;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.RepositoryEvent.RefDeleted;
import dev.sledge.plan.BuildPlanner;
import dev.sledge.plan.BuildRequest;
import dev.sledge.plan.Planning;
import dev.sledge.settings.BuildSettings.CacheChoice;
import dev.sledge.source.Commits;
import dev.sledge.source.SourceFile;
import dev.sledge.source.SourceFiles;
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
    private final Optional<CacheChoice> cache;
    private final Asker asker;
    private final Heads heads;
    private final BuildStarts starts;
    private final OlderBuilds older;
    private final RefCaches caches;

    /**
     * @param registry where images lie: what is built already gets its tags there
     * @param cache the kind of cache to use whatever the repository's settings say
     * @param statuses tell the forge what is built
     */
    public PushPipeline(
            SourceFiles files,
            Commits commits,
            BuildPlanner planner,
            Builds builds,
            Bucket bucket,
            ImageRegistry registry,
            Optional<CacheChoice> cache,
            Asker asker,
            BuildStatuses statuses) {
        this.files = files;
        this.commits = commits;
        this.requests = new BuildRequests(commits);
        this.rules = new BuildRules(commits);
        this.planner = planner;
        this.cache = cache;
        this.asker = asker;
        this.statuses = statuses;
        this.heads = new Heads(bucket.shared());
        this.caches = new RefCaches(bucket, registry);
        var claims = new Claims(bucket, builds, registry);
        this.older = new OlderBuilds(heads, claims, builds);
        this.starts = new BuildStarts(builds, bucket, claims, new RefTags(heads, registry), statuses, asker);
    }

    /** Does what an event asks for. Handled again, it starts nothing again, and ends what was begun. */
    public PushOutcome handle(RepositoryEvent event) {
        return switch (event) {
            case RefDeleted deleted -> {
                heads.deleted(deleted);
                // It may have come back meanwhile.
                if (heads.newest(deleted.repository(), deleted.ref()).isEmpty()) {
                    caches.delete(deleted.repository(), deleted.ref());
                }
                yield new PushOutcome.NothingToBuild(deleted.ref().full() + " was deleted");
            }
            case Pushed push -> {
                var request = requests.of(push);
                var refusal = rules.refusal(push, request);
                yield refusal.isPresent()
                        ? new PushOutcome.NothingToBuild(refusal.get())
                        : build(request, () -> newest(push));
            }
            case PullRequestUpdated update -> {
                var refusal = rules.refusal(update);
                yield refusal.isPresent() ? new PushOutcome.NothingToBuild(refusal.get()) : pullRequest(update);
            }
        };
    }

    private PushOutcome pullRequest(PullRequestUpdated update) {
        var request = requests.of(update);
        var refusal = rules.refusal(request);
        return refusal.isPresent()
                ? new PushOutcome.NothingToBuild(refusal.get())
                : build(request, () -> heads.set(request.repository(), request.ref(), request.commit()));
    }

    private void newest(Pushed push) {
        switch (asker) {
            case FORGE -> heads.pushed(push.repository(), push.ref(), push.before(), push.commit());
            case PERSON -> heads.set(push.repository(), push.ref(), push.commit());
        }
    }

    /** @param newest says that the request's commit is the newest of its ref, which only one that is to be built may be */
    private PushOutcome build(BuildRequest request, Runnable newest) {
        return switch (plan(request)) {
            case Planning.Skipped(var why) -> new PushOutcome.NothingToBuild(why);
            case Planning.Unplannable(var problems) -> {
                statuses.unbuildable(request, problems);
                yield new PushOutcome.Unbuildable(problems);
            }
            case Planning.Planned(var plans, var warnings) -> {
                newest.run();
                var images = plans.stream().map(starts::start).toList();
                if (asker == Asker.FORGE && OlderBuilds.areNeedless(request)) {
                    plans.forEach(older::stop);
                }
                yield new PushOutcome.Planned(images, warnings);
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
}
