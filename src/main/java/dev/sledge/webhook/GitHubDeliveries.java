package dev.sledge.webhook;

import static dev.sledge.webhook.WebhookSecret.Algorithm.SHA1;
import static dev.sledge.webhook.WebhookSecret.Algorithm.SHA256;

import dev.sledge.webhook.HmacProof.SignatureHeader;
import java.io.IOException;
import java.util.List;

/**
 * Deliveries of GitHub, and of Enterprise Server. Before version 3 that server signs with SHA-1 alone; where both signatures come, the
 * better one decides.
 *
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#push">push</a>
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request">pull_request</a>
 */
final class GitHubDeliveries implements DeliveryReader {
    private static final Proof PROOF = new HmacProof(List.of(
            new SignatureHeader("X-Hub-Signature-256", "sha256=", SHA256),
            new SignatureHeader("X-Hub-Signature", "sha1=", SHA1)));

    /** Those whose head is new, or is to be built for the first time. */
    private static final List<String> BUILT = List.of("opened", "synchronize", "reopened", "ready_for_review");

    @Override
    public Proof proof() {
        return PROOF;
    }

    @Override
    public Received read(String host, WebhookRequest request) throws IOException {
        var delivery = DeliveryId.of(request, "X-GitHub-Delivery");
        var kind = request.only("X-GitHub-Event");
        return switch (kind) {
            case "push" -> PushPayload.read(host, delivery, Payload.of(request));
            case "pull_request" -> pullRequest(host, delivery, Payload.of(request));
            case "ping" -> new Received.Ignored("ping: the webhook is set up");
            default -> Received.Ignored.event(kind);
        };
    }

    private static Received pullRequest(String host, DeliveryId delivery, Payload payload) {
        var action = payload.text("action");
        return BUILT.contains(action)
                ? PullRequestPayload.read(host, delivery, payload, request -> request.flag("draft"))
                : Received.Ignored.action(action);
    }
}
