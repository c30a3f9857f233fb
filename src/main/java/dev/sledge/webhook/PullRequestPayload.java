package dev.sledge.webhook;

import dev.sledge.event.CommitName;
import dev.sledge.event.GitRef;
import dev.sledge.event.RepositoryEvent.Base;
import dev.sledge.event.RepositoryEvent.Origin;
import dev.sledge.event.RepositoryEvent.PullRequestUpdated;
import java.util.List;

/**
 * A pull request as GitHub writes it and Gitea after it.
 *
 * @param built the actions after which there is a head to build
 */
record PullRequestPayload(String host, List<String> built, GitRef.PullRequest.Naming naming) {
    Received read(DeliveryId delivery, Payload payload) {
        var action = payload.text("action");
        if (!built.contains(action)) {
            return Received.Ignored.action(action);
        }
        var request = payload.object("pull_request");
        var head = request.object("head");
        var base = request.object("base");
        return new Received.Verified(
                delivery,
                List.of(new PullRequestUpdated(
                        GitHubDeliveries.repository(host, payload),
                        new GitRef.PullRequest(payload.number("number"), naming),
                        new CommitName(head.text("sha")),
                        new Base(
                                new GitRef.Branch(base.text("ref")), new Base.Tip.At(new CommitName(base.text("sha")))),
                        origin(head, base),
                        request.flag("draft"),
                        payload.object("repository").defaultBranch("default_branch"))));
    }

    /** The repository of the head is null when the fork is gone. */
    private static Origin origin(Payload head, Payload base) {
        return head.has("repo")
                        && head.object("repo").number("id")
                                == base.object("repo").number("id")
                ? Origin.SAME_REPOSITORY
                : Origin.FORK;
    }
}
