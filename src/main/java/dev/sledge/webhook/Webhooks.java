package dev.sledge.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sledge.event.Forge;
import dev.sledge.event.Repository;
import dev.sledge.webhook.Proof.Proving;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/**
 * The webhooks of one forge: proved first, over the raw bytes; neither form nor JSON is touched before that holds. Then read, and taken
 * only if the secret that proved it may speak for the repository.
 */
public final class Webhooks {
    private final String host;
    private final List<SharedSecret> secrets;
    private final DeliveryReader reader;

    /**
     * @param host the forge's, such as {@code github.com}; with a port if that is not the usual one
     * @param secrets current ones, and previous ones during a rotation; one at least
     * @param clock that a signature with a time is held against
     */
    public Webhooks(Forge forge, String host, List<SharedSecret> secrets, InstantSource clock) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("no webhook secret: without one nothing can be proved");
        }
        this.host = host;
        this.secrets = List.copyOf(secrets);
        this.reader = reader(forge, this.secrets, clock);
    }

    private static DeliveryReader reader(Forge forge, List<SharedSecret> secrets, InstantSource clock) {
        return switch (forge) {
            case GITHUB -> new GitHubDeliveries();
            case GITLAB -> new GitLabDeliveries(GitLabProof.of(secrets, clock));
            case BITBUCKET -> new BitbucketDeliveries();
            case BITBUCKET_DC -> new BitbucketDataCenterDeliveries();
            case GITEA -> new GiteaDeliveries();
        };
    }

    public Received read(WebhookRequest request) {
        var unsigned = reader.unsigned(request);
        if (unsigned.isPresent()) {
            return new Received.Ignored(unsigned.get());
        }
        return switch (reader.proof().prove(request, secrets)) {
            case Proving.Unproved(var why) -> new Received.Refused(why);
            case Proving.Proved(var by) -> allowed(parse(request), by);
        };
    }

    private Received parse(WebhookRequest request) {
        try {
            return reader.read(host, request);
        } catch (JsonProcessingException e) {
            return new Received.Malformed("the body is no JSON within the limits: " + e.getOriginalMessage());
        } catch (IOException | IllegalArgumentException e) {
            return new Received.Malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Received allowed(Received received, List<SharedSecret> by) {
        return received instanceof Received.Verified(var delivery, var events)
                        && !events.stream().allMatch(event -> speaksFor(by, event.repository()))
                ? new Received.Refused("the secret that signed this may not speak for its repository")
                : received;
    }

    private static boolean speaksFor(List<SharedSecret> secrets, Repository repository) {
        return secrets.stream().anyMatch(secret -> secret.repositories().contain(repository));
    }
}
