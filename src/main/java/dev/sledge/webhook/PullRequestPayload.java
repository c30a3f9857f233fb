package dev.sledge.webhook;

import dev.sledge.event.CommitName;
import dev.sledge.event.GitRef;
import dev.sledge.event.GitRef.PullRequest.Naming;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent.Base;
import dev.sledge.event.RepositoryEvent.Origin;
import dev.sledge.event.RepositoryEvent.PullRequestUpdated;
import java.util.List;
import java.util.regex.Pattern;

/** A pull request as GitHub writes it and Gitea after it. */
final class PullRequestPayload {
    private static final Pattern WORK_IN_PROGRESS = Pattern.compile("^(?i:wip:|\\[wip\\])");

    private PullRequestPayload() {}

    /**
     * Reads one.
     *
     * @param built the actions after which there is a head to build
     */
    static Received read(String host, DeliveryId delivery, Payload payload, List<String> built) {
        var action = payload.text("action");
        if (!built.contains(action)) {
            return Received.Ignored.action(action);
        }
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
                        new Base(
                                new GitRef.Branch(base.text("ref")), new Base.Tip.At(new CommitName(base.text("sha")))),
                        origin(head, base),
                        isDraft(request),
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

    /** Gitea says it by the title, and in new versions by a flag as well. */
    private static boolean isDraft(Payload request) {
        return request.flag("draft")
                || WORK_IN_PROGRESS.matcher(request.text("title", "")).find();
    }
}
