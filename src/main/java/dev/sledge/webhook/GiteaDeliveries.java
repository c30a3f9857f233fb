package dev.sledge.webhook;

import static dev.sledge.webhook.WebhookSecret.Algorithm.SHA256;

import dev.sledge.webhook.HmacProof.SignatureHeader;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Deliveries of Gitea, of Forgejo, and of Gogs, which both come from. A tag is told as {@code push} and as {@code create}; the push is the
 * one that counts. Where the webhook has no secret the signature headers are there all the same, and empty.
 *
 * @see <a href="https://docs.gitea.com/usage/webhooks">webhooks of Gitea</a>
 * @see <a href="https://forgejo.org/docs/latest/user/webhooks/">webhooks of Forgejo</a>
 */
final class GiteaDeliveries implements DeliveryReader {
    private static final Proof PROOF = new HmacProof(List.of(
            new SignatureHeader("X-Gitea-Signature", "", SHA256),
            new SignatureHeader("X-Forgejo-Signature", "", SHA256),
            new SignatureHeader("X-Gogs-Signature", "", SHA256),
            new SignatureHeader("X-Hub-Signature-256", "sha256=", SHA256)));

    /** Gitea writes {@code synchronized} where GitHub writes {@code synchronize}. */
    private static final List<String> BUILT = List.of("opened", "synchronized", "synchronize", "reopened");

    /** Unless the server is configured otherwise. */
    private static final Pattern WORK_IN_PROGRESS = Pattern.compile("^(?i:wip:|\\[wip\\])");

    @Override
    public Proof proof() {
        return PROOF;
    }

    @Override
    public Received read(String host, WebhookRequest request) throws IOException {
        var delivery = DeliveryId.of(request, "X-Gitea-Delivery", "X-Forgejo-Delivery", "X-Gogs-Delivery");
        var kind = Stream.of("X-Gitea-Event", "X-Forgejo-Event", "X-Gogs-Event", "X-GitHub-Event")
                .filter(header -> !request.header(header).isEmpty())
                .findFirst()
                .map(request::only)
                .orElseThrow(() -> new IllegalArgumentException("header X-Gitea-Event is missing"));
        return switch (kind) {
            case "push" -> PushPayload.read(host, delivery, Payload.of(request));
            case "pull_request", "pull_request_sync" -> pullRequest(host, delivery, Payload.of(request));
            default -> Received.Ignored.event(kind);
        };
    }

    private static Received pullRequest(String host, DeliveryId delivery, Payload payload) {
        var action = payload.text("action");
        if (!BUILT.contains(action) && !isReady(action, payload)) {
            return Received.Ignored.action(action);
        }
        if (!payload.object("pull_request").has("head")) {
            return new Received.Ignored("Gogs names no commit of a pull request; its branch's push is built");
        }
        return PullRequestPayload.read(host, delivery, payload, GiteaDeliveries::isDraft);
    }

    /** The title says it, in new versions a flag as well. */
    private static boolean isDraft(Payload request) {
        return request.flag("draft") || isMarked(request.text("title", ""));
    }

    /** A draft becomes ready by a new title; its head is to be built for the first time then. */
    private static boolean isReady(String action, Payload payload) {
        return action.equals("edited")
                && isMarked(payload.json().at("/changes/title/from").asText())
                && !isDraft(payload.object("pull_request"));
    }

    private static boolean isMarked(String title) {
        return WORK_IN_PROGRESS.matcher(title).find();
    }
}
