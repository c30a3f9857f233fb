package dev.sledge.webhook;

import dev.sledge.Golden;
import dev.sledge.event.Forge;
import dev.sledge.event.GitRef;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Base;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Origin;
import dev.sledge.event.SkipMark;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Deliveries as forges send them, and their results in the words of {@code events/README.md}. */
final class Deliveries {
    static final WebhookSecret SECRET = new WebhookSecret("It's a Secret to Everybody");
    static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z"));
    static final Webhooks GITHUB = github(SECRET);
    private static final String ID = "72d3162e-cc78-11e3-81ab-4c9367dc0958";

    private Deliveries() {}

    static Webhooks github(WebhookSecret... secrets) {
        return webhooks(Forge.GITHUB, secrets);
    }

    static Webhooks webhooks(Forge forge, WebhookSecret... secrets) {
        return new Webhooks(
                forge,
                forge.home().map(URI::getHost).orElse("git.example.com"),
                Arrays.stream(secrets)
                        .map(secret -> new SharedSecret(secret, RepositoryNames.ALL))
                        .toList(),
                NOW);
    }

    /** A delivery as its forge sends it. */
    static WebhookRequest signed(Forge forge, String event, Body body) {
        var hex = HexFormat.of().formatHex(SECRET.sign(body));
        return new WebhookRequest(
                switch (forge) {
                    case GITHUB ->
                        headers("X-GitHub-Event", event, "X-GitHub-Delivery", "X-Hub-Signature-256", "sha256=" + hex);
                    case GITLAB ->
                        headers("X-Gitlab-Event", event, "Idempotency-Key", "X-Gitlab-Token", SECRET.reveal());
                    case BITBUCKET ->
                        headers("X-Event-Key", event, "X-Request-UUID", "X-Hub-Signature", "sha256=" + hex);
                    case BITBUCKET_DC ->
                        headers("X-Event-Key", event, "X-Request-Id", "X-Hub-Signature", "sha256=" + hex);
                    case GITEA -> headers("X-Gitea-Event", event, "X-Gitea-Delivery", "X-Gitea-Signature", hex);
                },
                body);
    }

    private static Map<String, List<String>> headers(
            String eventHeader, String event, String idHeader, String proofHeader, String proof) {
        return Map.of(
                "Content-Type",
                List.of("application/json"),
                eventHeader,
                List.of(event),
                idHeader,
                List.of(ID),
                proofHeader,
                List.of(proof));
    }

    static String sample(String file) {
        return Golden.read(Path.of("events", file));
    }

    static String signature(Body body) {
        return "sha256=" + HexFormat.of().formatHex(SECRET.sign(body));
    }

    static WebhookRequest signed(String event, Body body) {
        return signed(event, "application/json", body);
    }

    static WebhookRequest signed(String event, String contentType, Body body) {
        return new WebhookRequest(
                Map.of(
                        "Content-Type", List.of(contentType),
                        "X-GitHub-Event", List.of(event),
                        "X-GitHub-Delivery", List.of(ID),
                        "X-Hub-Signature-256", List.of(signature(body))),
                body);
    }

    static Received push(String json) {
        return GITHUB.read(signed("push", Body.utf8(json)));
    }

    /** The result in one line. */
    static String result(Received received) {
        return switch (received) {
            case Received.Verified(var delivery, var events) ->
                events.stream().map(Deliveries::result).collect(Collectors.joining(" + "));
            case Received.Ignored(var why) -> "ignored: " + why;
            case Received.Refused(var why) -> "refused: " + why;
            case Received.Malformed(var why) -> "malformed: " + why;
        };
    }

    private static String result(RepositoryEvent event) {
        var kind = event.ref() instanceof GitRef.Tag ? "tag" : "branch";
        return switch (event) {
            case RepositoryEvent.Pushed push ->
                "push_" + kind + " " + push.ref().full() + " " + before(push.before()) + " " + push.commit()
                        + (push.skip() instanceof SkipMark.Asked ? " skip" : "");
            case RepositoryEvent.RefDeleted deleted ->
                "delete_" + kind + " " + deleted.ref().full() + " " + deleted.before();
            case RepositoryEvent.PullRequestUpdated update ->
                "pull_request " + update.ref().full() + " " + tip(update.base()) + " " + update.head()
                        + (update.origin() == Origin.FORK ? " fork" : "")
                        + (update.draft() ? " draft" : "");
        };
    }

    private static String tip(Base base) {
        return switch (base.tip()) {
            case Base.Tip.Untold() -> "-";
            case Base.Tip.At(var commit) -> commit.hex();
        };
    }

    private static String before(Before before) {
        return switch (before) {
            case Before.Nothing() -> "-";
            case Before.At(var commit) -> commit.hex();
        };
    }
}
