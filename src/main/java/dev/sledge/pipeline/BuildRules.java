package dev.sledge.pipeline;

import dev.sledge.event.GitRef;
import dev.sledge.event.GitRef.PullRequest.Naming;
import dev.sledge.event.RepositoryEvent.Origin;
import dev.sledge.event.RepositoryEvent.PullRequestUpdated;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.SkipMark;
import dev.sledge.plan.BuildRequest;
import dev.sledge.source.Commits;
import dev.sledge.source.SourceUnavailableException;
import java.util.Optional;

/** What is not built, whatever the repository's settings ask for. */
record BuildRules(Commits commits) {
    /** Why a push is not built. A tag is set because its image is wanted: it is never skipped. */
    Optional<String> refusal(Pushed push, BuildRequest request) {
        return switch (push.ref()) {
            case GitRef.Tag tag -> Optional.empty();
            case GitRef.Branch branch -> asked(push.skip(), request);
            case GitRef.PullRequest other -> asked(push.skip(), request);
        };
    }

    /** Why a pull request is not built. */
    Optional<String> refusal(PullRequestUpdated update) {
        if (update.origin() == Origin.FORK && update.ref().naming() == Naming.NUMBER) {
            return Optional.of("the change of pull request " + update.ref().name()
                    + " comes from a fork, where Bitbucket keeps its commits, and Sledge reads no forks");
        }
        return update.draft()
                ? Optional.of("pull request " + update.ref().name() + " is a draft; it is built when it is ready")
                : Optional.empty();
    }

    Optional<String> refusal(BuildRequest request) {
        return asked(new SkipMark.Untold(), request);
    }

    private Optional<String> asked(SkipMark skip, BuildRequest request) {
        return switch (skip) {
            case SkipMark.None() -> Optional.empty();
            case SkipMark.Asked(var marker) -> Optional.of("the commit asks for no build: " + marker);
            case SkipMark.Untold() -> asked(message(request), request);
        };
    }

    /** A commit whose message cannot be read is built: a build too many is seen, one too few is missed. */
    private SkipMark message(BuildRequest request) {
        try {
            return SkipMark.of(
                    commits.find(request.repository(), request.commit().hex()).message());
        } catch (SourceUnavailableException e) {
            return new SkipMark.None();
        }
    }
}
