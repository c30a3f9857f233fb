package dev.sledge.webhook;

import dev.sledge.Golden;
import dev.sledge.event.Forge;
import dev.sledge.event.GitRef;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Base;
import dev.sledge.event.RepositoryEvent.Before;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Deliveries as GitHub sends them, and their results in the words of {@code events/README.md}. */
final class Deliveries {
    static final WebhookSecret SECRET = new WebhookSecret("It's a Secret to Everybody");
    static final Webhooks GITHUB = github(SECRET);
    private static final String ID = "72d3162e-cc78-11e3-81ab-4c9367dc0958";

    private Deliveries() {}

    static Webhooks github(WebhookSecret... secrets) {
        return new Webhooks(
                Forge.GITHUB,
                "github.com",
                Arrays.stream(secrets)
                        .map(secret -> new SharedSecret(secret, RepositoryNames.ALL))
                        .toList());
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
                events.stream().map(Deliveries::result).collect(Collectors.joining("\n"));
            case Received.Ignored(var why) -> "ignored: " + why;
            case Received.Refused(var why) -> "refused: " + why;
            case Received.Malformed(var why) -> "malformed: " + why;
        };
    }

    private static String result(RepositoryEvent event) {
        var kind = event.ref() instanceof GitRef.Tag ? "tag" : "branch";
        return switch (event) {
            case RepositoryEvent.Pushed push ->
                "push_" + kind + " " + push.ref().full() + " " + before(push.before()) + " " + push.commit();
            case RepositoryEvent.RefDeleted deleted ->
                "delete_" + kind + " " + deleted.ref().full() + " " + deleted.before();
            case RepositoryEvent.PullRequestUpdated update ->
                "pull_request " + update.ref().full() + " " + tip(update.base()) + " " + update.head();
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
