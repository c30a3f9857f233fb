package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.event.Forge;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.DefaultBranch;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.pipeline.Deliveries;
import dev.sledge.webhook.Body;
import dev.sledge.webhook.Received;
import dev.sledge.webhook.RepositoryNames;
import dev.sledge.webhook.SharedSecret;
import dev.sledge.webhook.WebhookRequest;
import dev.sledge.webhook.WebhookSecret;
import dev.sledge.webhook.Webhooks;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A delivery of GitHub's on this machine and the secrets it may be signed with; taken in as the cloud takes it in, with a list as queue.
 */
record LocalDelivery(WebhookRequest request, List<SharedSecret> secrets) {
    private static final String NOTHING = "0".repeat(40);

    LocalDelivery {
        secrets = List.copyOf(secrets);
    }

    /** The delivery that GitHub would send for {@code push}, signed with a secret of the moment. */
    static LocalDelivery of(Pushed push) {
        var random = new byte[20];
        new SecureRandom().nextBytes(random);
        var secret = new WebhookSecret(HexFormat.of().formatHex(random));
        var body = Body.utf8(payload(push));
        var headers = Map.of(
                "X-GitHub-Event", List.of("push"),
                "X-GitHub-Delivery", List.of(UUID.randomUUID().toString()),
                "Content-Type", List.of("application/json"),
                "X-Hub-Signature-256", List.of("sha256=" + HexFormat.of().formatHex(secret.sign(body))));
        return new LocalDelivery(
                new WebhookRequest(headers, body), List.of(new SharedSecret(secret, RepositoryNames.ALL)));
    }

    private static String payload(Pushed push) {
        var json = new JsonMapper().createObjectNode();
        json.put("ref", push.ref().full());
        json.put("before", push.before() instanceof Before.At(var commit) ? commit.hex() : NOTHING);
        json.put("after", push.commit().hex());
        json.put("deleted", false);
        json.putObject("head_commit").put("id", push.commit().hex());
        json.putObject("repository")
                .put("full_name", push.repository().fullName())
                .put("default_branch", defaultBranch(push).name());
        return json.toString();
    }

    private static GitRef.Branch defaultBranch(Pushed push) {
        return switch (push.defaultBranch()) {
            case DefaultBranch.Named(var branch) -> branch;
            case DefaultBranch.Untold() -> throw new IllegalArgumentException("a work tree knows its default branch");
        };
    }

    /**
     * What there is to do about a delivery.
     *
     * @param ignored why there is nothing to do, where that is so
     */
    record Intake(List<RepositoryEvent> events, List<String> ignored) {
        Intake {
            events = List.copyOf(events);
            ignored = List.copyOf(ignored);
        }
    }

    /**
     * Takes the delivery in: the events that it proves.
     *
     * @param repository the only one that can be built here
     * @throws UserErrorException if it proves nothing, or is about another repository
     */
    Intake takeIn(Repository repository) {
        var queue = new ArrayList<RepositoryEvent>();
        var webhooks = new Webhooks(Forge.GITHUB, repository.host(), secrets, Clock.systemUTC());
        var deliveries = new Deliveries((delivery, event) -> queue.add(event));
        return switch (deliveries.accept(webhooks.read(request))) {
            case Received.Refused(var why) -> throw new UserErrorException("refused: " + why);
            case Received.Malformed(var why) -> throw new UserErrorException("malformed delivery: " + why);
            case Received.Ignored(var why) -> new Intake(List.of(), List.of(why));
            case Received.Verified verified -> {
                for (var event : queue) {
                    if (!event.repository().equals(repository)) {
                        throw new UserErrorException("the delivery is about " + event.repository() + ", and this is "
                                + repository + "; name the directory of the other");
                    }
                }
                yield new Intake(queue, List.of());
            }
        };
    }
}
