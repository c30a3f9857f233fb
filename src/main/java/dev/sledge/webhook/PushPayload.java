package dev.sledge.webhook;

import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.SkipMark;
import java.util.List;

/** A push as GitHub writes it and Gitea after it: one ref a delivery, its tip in {@code head_commit}. */
final class PushPayload {
    private PushPayload() {}

    static Received read(String host, DeliveryId delivery, Payload payload) {
        var full = payload.text("ref");
        if (full.startsWith("refs/") && !full.startsWith("refs/heads/") && !full.startsWith("refs/tags/")) {
            return new Received.Ignored("the ref is no branch and no tag");
        }
        var ref = GitRef.branchOrTag(full);
        var repository = new Repository(host, payload.object("repository").fullName());
        var after = payload.commit("after");
        if (payload.flag("deleted") || Payload.isZero(after)) {
            return new Received.Verified(
                    delivery, List.of(new RepositoryEvent.RefDeleted(repository, ref, payload.commit("before"))));
        }
        var commit = head(payload, after);
        return new Received.Verified(
                delivery,
                List.of(new RepositoryEvent.Pushed(
                        repository,
                        ref,
                        payload.before("before"),
                        commit,
                        payload.object("repository").defaultBranch("default_branch"),
                        skip(payload, commit))));
    }

    /** For an annotated tag {@code after} is the tag object; the head commit is what can be built. */
    private static CommitId head(Payload payload, CommitId after) {
        var commit = payload.has("head_commit") ? payload.object("head_commit").commit("id") : after;
        if (Payload.isZero(commit)) {
            throw new IllegalArgumentException("the head commit of a push is zero, which names none");
        }
        return commit;
    }

    private static SkipMark skip(Payload payload, CommitId head) {
        return payload.has("head_commit")
                ? payload.object("head_commit").skip("message")
                : payload.skip("commits", head);
    }
}
