package dev.sledge.webhook;

import dev.sledge.event.CommitName;
import dev.sledge.event.GitRef;
import dev.sledge.event.GitRef.PullRequest.Naming;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent.Base;
import dev.sledge.event.RepositoryEvent.Origin;
import dev.sledge.event.RepositoryEvent.PullRequestUpdated;
import java.util.List;
import java.util.function.Predicate;

/** A pull request as GitHub writes it and Gitea after it. */
final class PullRequestPayload {
    private PullRequestPayload() {}

    /**
     * Reads one.
     *
     * @param isDraft whether {@code pull_request} is not ready to be built
     */
    static Received read(String host, DeliveryId delivery, Payload payload, Predicate<Payload> isDraft) {
        var request = payload.object("pull_request");
        var head = request.object("head");
        var base = request.object("base");
        var repository = payload.object("repository");
        return new Received.Verified(
                delivery,
                List.of(new PullRequestUpdated(
                        new Repository(host, repository.fullName()),
                        new GitRef.PullRequest(number(payload, request), Naming.PULL),
                        new CommitName(head.text("sha")),
                        new Base(new GitRef.Branch(base.text("ref")), tip(base)),
                        origin(head, base),
                        isDraft.test(request),
                        repository.defaultBranch("default_branch"))));
    }

    private static long number(Payload payload, Payload request) {
        return payload.has("number") ? payload.number("number") : request.number("number");
    }

    /** The repository of the head is null when the fork is gone. */
    private static Origin origin(Payload head, Payload base) {
        return head.has("repo")
                        && head.object("repo").number("id")
                                == base.object("repo").number("id")
                ? Origin.SAME_REPOSITORY
                : Origin.FORK;
    }

    /** Gitea leaves it empty when the branch is gone. */
    private static Base.Tip tip(Payload base) {
        var sha = base.text("sha", "");
        return sha.isEmpty() ? new Base.Tip.Untold() : new Base.Tip.At(new CommitName(sha));
    }
}
