package dev.sledge.webhook;

import static dev.sledge.webhook.WebhookSecret.Algorithm.SHA256;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sledge.event.CommitId;
import dev.sledge.event.CommitName;
import dev.sledge.event.GitRef;
import dev.sledge.event.GitRef.PullRequest.Naming;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Base;
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
 * Deliveries of Bitbucket Data Center: all refs of a push in one. What newer versions add ({@code toCommit}) is used where it is there.
 *
 * @see <a href="https://confluence.atlassian.com/bitbucketserver/event-payload-938025882.html">event payload</a>
 */
final class BitbucketDataCenterDeliveries implements DeliveryReader {
    private static final String EVENT = "X-Event-Key";
    private static final Proof PROOF =
            new HmacProof(List.of(new SignatureHeader("X-Hub-Signature", "sha256=", SHA256)));

    @Override
    public Proof proof() {
        return PROOF;
    }

    /** The button "Test connection" signs nothing; nothing follows from it but an answer. */
    @Override
    public Optional<String> unsigned(WebhookRequest request) {
        return request.header(EVENT).equals(List.of("diagnostics:ping"))
                ? Optional.of("ping: the connection works")
                : Optional.empty();
    }

    @Override
    public Received read(String host, WebhookRequest request) throws IOException {
        var delivery = DeliveryId.of(request, "X-Request-Id");
        var kind = request.only(EVENT);
        return switch (kind) {
            case "repo:refs_changed" -> push(host, delivery, Payload.of(request));
            case "pr:opened", "pr:from_ref_updated" -> pullRequest(host, delivery, Payload.of(request));
            case "pr:modified" -> modified(host, delivery, Payload.of(request));
            default -> Received.Ignored.event(kind);
        };
    }

    private static Received push(String host, DeliveryId delivery, Payload payload) {
        var repository = repository(host, payload.object("repository"));
        var changes = payload.list("changes");
        // It is told once for the whole push: of several changes nobody knows which one it is of.
        var told = changes.size() == 1 ? payload.json().path("toCommit") : MissingNode.getInstance();
        var events = changes.stream()
                .flatMap(change -> change(repository, change, new Payload(told)).stream())
                .toList();
        return events.isEmpty()
                ? new Received.Ignored("no branch and no tag was changed")
                : new Received.Verified(delivery, events);
    }

    private static Optional<RepositoryEvent> change(Repository repository, Payload change, Payload told) {
        var full = change.has("ref") ? change.object("ref").text("id") : change.text("refId");
        if (!full.startsWith("refs/heads/") && !full.startsWith("refs/tags/")) {
            return Optional.empty();
        }
        var ref = GitRef.branchOrTag(full);
        var to = change.commit("toHash");
        if (Payload.isZero(to) || change.text("type").equals("DELETE")) {
            return Optional.of(new RefDeleted(repository, ref, change.commit("fromHash")));
        }
        return Optional.of(new Pushed(
                repository,
                ref,
                change.before("fromHash"),
                commit(ref, to, told),
                new DefaultBranch.Untold(),
                told.skip("message")));
    }

    /** For an annotated tag the hash may be that of the tag object; the commit, where it is told, is what can be built. */
    private static CommitId commit(GitRef ref, CommitId to, Payload told) {
        return ref instanceof GitRef.Tag && told.json().path("id").isTextual() ? told.commit("id") : to;
    }

    /** Title, description or target may have changed; a head is to be built for the first time if it was a draft's. */
    private static Received modified(String host, DeliveryId delivery, Payload payload) {
        return payload.flag("previousDraft") && !payload.object("pullRequest").flag("draft")
                ? pullRequest(host, delivery, payload)
                : Received.Ignored.action("modified");
    }

    private static Received pullRequest(String host, DeliveryId delivery, Payload payload) {
        var request = payload.object("pullRequest");
        var from = request.object("fromRef");
        var to = request.object("toRef");
        return new Received.Verified(
                delivery,
                List.of(new PullRequestUpdated(
                        repository(host, to.object("repository")),
                        new GitRef.PullRequest(request.number("id"), Naming.NUMBER),
                        new CommitName(from.text("latestCommit")),
                        new Base(
                                new GitRef.Branch(to.text("displayId")),
                                new Base.Tip.At(new CommitName(to.text("latestCommit")))),
                        repository(host, from.object("repository")).equals(repository(host, to.object("repository")))
                                ? Origin.SAME_REPOSITORY
                                : Origin.FORK,
                        request.flag("draft"),
                        new DefaultBranch.Untold())));
    }

    /** A person's own project has a key that begins with {@code ~}. */
    private static Repository repository(String host, Payload repository) {
        return new Repository(host, repository.object("project").text("key") + "/" + repository.text("slug"));
    }
}
