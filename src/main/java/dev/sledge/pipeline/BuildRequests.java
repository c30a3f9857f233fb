package dev.sledge.pipeline;

import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent.DefaultBranch;
import dev.sledge.event.RepositoryEvent.Origin;
import dev.sledge.event.RepositoryEvent.PullRequestUpdated;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.plan.BuildRequest;
import dev.sledge.plan.Trust;
import dev.sledge.source.Commits;

/** Events as requests to build, what their deliveries left out asked of the forge. */
record BuildRequests(Commits commits) {
    BuildRequest of(Pushed push) {
        return BuildRequest.of(push, branch(push.repository(), push.defaultBranch()));
    }

    BuildRequest of(PullRequestUpdated update) {
        var repository = update.repository();
        return new BuildRequest(
                repository,
                update.ref(),
                update.head()
                        .full()
                        .orElseGet(() ->
                                commits.find(repository, update.head().hex()).id()),
                branch(repository, update.defaultBranch()),
                update.origin() == Origin.FORK ? Trust.FORK : Trust.TRUSTED);
    }

    private GitRef.Branch branch(Repository repository, DefaultBranch told) {
        return switch (told) {
            case DefaultBranch.Named(var branch) -> branch;
            case DefaultBranch.Untold() -> commits.defaultBranch(repository);
        };
    }
}
