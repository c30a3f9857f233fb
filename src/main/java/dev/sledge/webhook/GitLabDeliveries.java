package dev.sledge.webhook;

import dev.sledge.event.CommitId;
import dev.sledge.event.CommitName;
import dev.sledge.event.GitRef;
import dev.sledge.event.GitRef.PullRequest.Naming;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent.Base;
import dev.sledge.event.RepositoryEvent.Origin;
import dev.sledge.event.RepositoryEvent.PullRequestUpdated;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.RepositoryEvent.RefDeleted;
import dev.sledge.event.SkipMark;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * Deliveries of GitLab, by a project's or a group's webhook and by system hooks.
 *
 * @see <a href="https://docs.gitlab.com/user/project/integrations/webhook_events/">webhook events</a>
 */
record GitLabDeliveries(GitLabProof proof) implements DeliveryReader {
    @Override
    public Received read(String host, WebhookRequest request) throws IOException {
        var delivery =
                DeliveryId.of(request, "Idempotency-Key", "webhook-id", "X-Gitlab-Webhook-UUID", "X-Gitlab-Event-UUID");
        var payload = Payload.of(request);
        // System hooks of old versions name only the event.
        var kind = payload.has("object_kind") ? payload.text("object_kind") : payload.text("event_name");
        return switch (kind) {
            case "push", "tag_push" -> push(host, delivery, payload);
            case "merge_request" -> mergeRequest(host, delivery, payload);
            default -> Received.Ignored.event(kind);
        };
    }

    private static Received push(String host, DeliveryId delivery, Payload payload) {
        var full = payload.text("ref");
        if (full.startsWith("refs/") && !full.startsWith("refs/heads/") && !full.startsWith("refs/tags/")) {
            return new Received.Ignored("the ref is no branch and no tag");
        }
        var ref = GitRef.branchOrTag(full);
        var repository = repository(host, payload);
        var after = payload.commit("after");
        if (Payload.isZero(after)) {
            return new Received.Verified(delivery, List.of(new RefDeleted(repository, ref, payload.commit("before"))));
        }
        if (ref instanceof GitRef.Tag && !payload.has("checkout_sha")) {
            return new Received.Ignored("the tag names no commit");
        }
        // For an annotated tag "after" is the tag object; the commit is what was checked out.
        var commit = payload.has("checkout_sha") ? payload.commit("checkout_sha") : after;
        if (Payload.isZero(commit)) {
            throw new IllegalArgumentException("the commit of a push is zero, which names none");
        }
        return new Received.Verified(
                delivery,
                List.of(new Pushed(
                        repository,
                        ref,
                        payload.before("before"),
                        commit,
                        payload.has("project")
                                ? payload.object("project").defaultBranch("default_branch")
                                : payload.defaultBranch("default_branch"),
                        skip(payload, commit))));
    }

    /** A push option says it before the message does. */
    private static SkipMark skip(Payload payload, CommitId commit) {
        // Version 11 sends a list, which is empty: what is not the option is none.
        var option = payload.json().at("/push_options/ci/skip").asBoolean(false);
        return option ? new SkipMark.Asked("push option ci.skip") : payload.skip("commits", commit);
    }

    private static Received mergeRequest(String host, DeliveryId delivery, Payload payload) {
        var request = payload.object("object_attributes");
        var action = request.text("action", "none");
        if (!isBuilt(action, request, payload)) {
            return Received.Ignored.action(action);
        }
        if (!request.has("last_commit")) {
            return new Received.Ignored("the merge request has no commit");
        }
        return new Received.Verified(
                delivery,
                List.of(new PullRequestUpdated(
                        repository(host, payload),
                        new GitRef.PullRequest(request.number("iid"), Naming.MERGE_REQUEST),
                        new CommitName(request.object("last_commit").text("id")),
                        new Base(new GitRef.Branch(request.text("target_branch")), new Base.Tip.Untold()),
                        origin(request),
                        request.flag("draft") || request.flag("work_in_progress"),
                        payload.object("project").defaultBranch("default_branch"))));
    }

    /** The source is null when the fork is gone. */
    private static Origin origin(Payload request) {
        return request.has("source_project_id")
                        && request.number("source_project_id") == request.number("target_project_id")
                ? Origin.SAME_REPOSITORY
                : Origin.FORK;
    }

    /** An update has new commits only if it says which one was the last before. */
    private static boolean isBuilt(String action, Payload request, Payload payload) {
        return switch (action) {
            case "open", "reopen" -> true;
            case "update" -> request.has("oldrev") || isReady(payload);
            default -> false;
        };
    }

    private static boolean isReady(Payload payload) {
        var change = payload.json().path("changes").path("draft");
        return change.path("previous").asBoolean(false)
                && !change.path("current").asBoolean(true);
    }

    /** Very old versions have no project, but the address of its page. */
    private static Repository repository(String host, Payload payload) {
        if (payload.has("project")) {
            return new Repository(host, payload.object("project").text("path_with_namespace"));
        }
        var page = URI.create(payload.object("repository").text("homepage")).getPath();
        return new Repository(host, page == null ? "" : page.replaceFirst("^/", ""));
    }
}
