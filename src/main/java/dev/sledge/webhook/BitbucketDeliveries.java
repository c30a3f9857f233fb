package dev.sledge.webhook;

import static dev.sledge.webhook.WebhookSecret.Algorithm.SHA256;

import dev.sledge.event.CommitName;
import dev.sledge.event.GitRef;
import dev.sledge.event.GitRef.PullRequest.Naming;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Base;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.DefaultBranch;
import dev.sledge.event.RepositoryEvent.Origin;
import dev.sledge.event.RepositoryEvent.PullRequestUpdated;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.RepositoryEvent.RefDeleted;
import dev.sledge.webhook.HmacProof.SignatureHeader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Deliveries of Bitbucket Cloud: all refs of a push in one, by their short names; hashes in pull requests are cut to 12 digits; the
 * default branch is not told.
 *
 * @see <a href="https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/">event payloads</a>
 */
final class BitbucketDeliveries implements DeliveryReader {
    private static final Proof PROOF =
            new HmacProof(List.of(new SignatureHeader("X-Hub-Signature", "sha256=", SHA256)));

    @Override
    public Proof proof() {
        return PROOF;
    }

    @Override
    public Received read(String host, WebhookRequest request) throws IOException {
        var delivery = DeliveryId.of(request, "X-Request-UUID");
        var kind = request.only("X-Event-Key");
        return switch (kind) {
            case "repo:push" -> push(host, delivery, Payload.of(request));
            case "pullrequest:created", "pullrequest:updated" -> pullRequest(host, delivery, Payload.of(request));
            default -> Received.Ignored.event(kind);
        };
    }

    private static Received push(String host, DeliveryId delivery, Payload payload) {
        var repository = new Repository(host, payload.object("repository").text("full_name"));
        var events = payload.object("push").list("changes").stream()
                .flatMap(change -> change(repository, change).stream())
                .toList();
        return events.isEmpty()
                ? new Received.Ignored("no branch and no tag was changed")
                : new Received.Verified(delivery, events);
    }

    private static Optional<RepositoryEvent> change(Repository repository, Payload change) {
        if (change.has("new")) {
            var target = change.object("new").object("target");
            Before before =
                    change.has("old") ? change.object("old").object("target").before("hash") : new Before.Nothing();
            return ref(change.object("new"))
                    .map(ref -> new Pushed(
                            repository,
                            ref,
                            before,
                            target.commit("hash"),
                            new DefaultBranch.Untold(),
                            target.skip("message")));
        }
        if (!change.has("old")) {
            return Optional.empty();
        }
        var old = change.object("old");
        return ref(old).map(ref ->
                new RefDeleted(repository, ref, old.object("target").commit("hash")));
    }

    /** Mercurial is gone from Bitbucket, but its words are still in its documentation. */
    private static Optional<GitRef> ref(Payload ref) {
        var name = ref.text("name");
        return switch (ref.text("type")) {
            case "branch", "named_branch", "bookmark" -> Optional.of(new GitRef.Branch(name));
            case "tag", "annotated_tag" -> Optional.of(new GitRef.Tag(name));
            default -> Optional.empty();
        };
    }

    private static Received pullRequest(String host, DeliveryId delivery, Payload payload) {
        var request = payload.object("pullrequest");
        var source = request.object("source");
        var destination = request.object("destination");
        if (!source.has("commit")) {
            return new Received.Ignored("the pull request's source is gone");
        }
        var name = payload.object("repository").text("full_name");
        return new Received.Verified(
                delivery,
                List.of(new PullRequestUpdated(
                        new Repository(host, name),
                        new GitRef.PullRequest(request.number("id"), Naming.NUMBER),
                        new CommitName(source.object("commit").text("hash")),
                        new Base(
                                new GitRef.Branch(destination.object("branch").text("name")),
                                new Base.Tip.At(new CommitName(
                                        destination.object("commit").text("hash")))),
                        origin(source, name),
                        request.flag("draft"),
                        new DefaultBranch.Untold())));
    }

    /** The repository of the source is null when the fork is gone. */
    private static Origin origin(Payload source, String name) {
        return source.has("repository")
                        && source.object("repository").text("full_name").equalsIgnoreCase(name)
                ? Origin.SAME_REPOSITORY
                : Origin.FORK;
    }
}
