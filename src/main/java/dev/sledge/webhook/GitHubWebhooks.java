package dev.sledge.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Before;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads GitHub's deliveries: the signature first, over the raw bytes; neither form nor JSON is touched before it holds.
 *
 * @see <a href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">validating deliveries</a>
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#push">push</a>
 */
public final class GitHubWebhooks {
    private static final String SIGNATURE = "X-Hub-Signature-256";
    private static final Pattern SHA256 = Pattern.compile("sha256=([0-9a-fA-F]{64})");
    private static final Pattern FORM = Pattern.compile("(?i)application/x-www-form-urlencoded *(;.*)?");

    /** GitHub sends nothing that is larger. */
    private static final int LARGEST = 25 << 20;

    /** Limits against bodies made to be costly: depth, length of a string, digits of a number; a doubled key is an error. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNumberLength(100)
                            .maxStringLength(1 << 20)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String host;
    private final List<WebhookSecret> secrets;

    /**
     * @param host the forge's host, {@code github.com} or that of an Enterprise Server
     * @param secrets the current secret, and the previous one during a rotation; one at least
     */
    public GitHubWebhooks(String host, List<WebhookSecret> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("no webhook secret: without one nothing can be proved");
        }
        this.host = host;
        this.secrets = List.copyOf(secrets);
    }

    public Received read(WebhookRequest request) {
        var signatures = request.header(SIGNATURE);
        if (signatures.isEmpty()) {
            return new Received.Refused("header " + SIGNATURE + " is missing; set a secret on the webhook");
        }
        if (signatures.size() > 1) {
            return new Received.Refused(
                    "header " + SIGNATURE + " came " + signatures.size() + " times; one is allowed");
        }
        var hex = SHA256.matcher(signatures.getFirst());
        if (!hex.matches()) {
            return new Received.Refused("header " + SIGNATURE + " is not sha256= and 64 hex digits");
        }
        var signature = HexFormat.of().parseHex(hex.group(1));
        if (secrets.stream().noneMatch(secret -> secret.signed(request.body(), signature))) {
            return new Received.Refused(SIGNATURE + " does not match the body; the webhook's secret and ours differ");
        }
        return parse(request);
    }

    private Received parse(WebhookRequest request) {
        try {
            var delivery = new DeliveryId(only(request, "X-GitHub-Delivery"));
            var kind = only(request, "X-GitHub-Event");
            return switch (kind) {
                case "push" -> push(delivery, JSON.readTree(json(request)));
                case "ping" -> new Received.Ignored(delivery, "ping: the webhook is set up");
                default -> new Received.Ignored(delivery, "event '" + printable(kind) + "' is not built; only push is");
            };
        } catch (JsonProcessingException e) {
            return new Received.Malformed("the body is no JSON within the limits: " + e.getOriginalMessage());
        } catch (IOException | IllegalArgumentException e) {
            return new Received.Malformed(String.valueOf(e.getMessage()));
        }
    }

    /** The payload, which a webhook sends as it is or as the field of a form. */
    private static byte[] json(WebhookRequest request) {
        if (request.body().size() > LARGEST) {
            throw new IllegalArgumentException("the body is larger than 25 MB");
        }
        var form = request.header("Content-Type").stream()
                .anyMatch(type -> FORM.matcher(type).matches());
        return form ? FormBody.field(request.body(), "payload") : request.body().bytes();
    }

    private Received push(DeliveryId delivery, JsonNode payload) {
        var full = text(payload, "ref");
        if (full.startsWith("refs/") && !full.startsWith("refs/heads/") && !full.startsWith("refs/tags/")) {
            return new Received.Ignored(delivery, "the ref is no branch and no tag");
        }
        var ref = GitRef.parse(full);
        var repository = new Repository(host, text(payload.path("repository"), "full_name"));
        var after = new CommitId(text(payload, "after"));
        if (payload.path("deleted").asBoolean(false) || isZero(after)) {
            var before = new CommitId(text(payload, "before"));
            return new Received.Verified(delivery, List.of(new RepositoryEvent.RefDeleted(repository, ref, before)));
        }
        // For an annotated tag "after" is the tag object; the head commit is what can be built.
        var head = payload.path("head_commit");
        var commit = head.isNull() || head.isMissingNode() ? after : new CommitId(text(head, "id"));
        if (isZero(commit)) {
            throw new IllegalArgumentException("the head commit of a push is zero, which names none");
        }
        var defaultBranch = new GitRef.Branch(text(payload.path("repository"), "default_branch"));
        return new Received.Verified(
                delivery, List.of(new RepositoryEvent.Pushed(repository, ref, before(payload), commit, defaultBranch)));
    }

    private static Before before(JsonNode payload) {
        var before = new CommitId(text(payload, "before"));
        return isZero(before) ? new Before.Nothing() : new Before.At(before);
    }

    /** How git writes that a ref is not there. */
    private static boolean isZero(CommitId commit) {
        return commit.hex().chars().allMatch(digit -> digit == '0');
    }

    private static String only(WebhookRequest request, String header) {
        var values = request.header(header);
        if (values.size() != 1) {
            throw new IllegalArgumentException("header " + header + " came " + values.size() + " times, not once");
        }
        return values.getFirst();
    }

    private static String text(JsonNode node, String field) {
        var value = node.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("field '" + field + "' of a push is missing or no text");
        }
        return value.textValue();
    }

    private static String printable(String header) {
        return header.length() <= 40 && header.matches("[a-z_]+") ? header : "?";
    }
}
