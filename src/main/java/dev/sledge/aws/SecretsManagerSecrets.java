package dev.sledge.aws;

import dev.sledge.event.Forge;
import dev.sledge.webhook.RepositoryNames;
import dev.sledge.webhook.SecretUnavailableException;
import dev.sledge.webhook.SharedSecret;
import dev.sledge.webhook.WebhookSecret;
import dev.sledge.webhook.WebhookSecrets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * The webhooks' secrets in Secrets Manager, one entry a forge: a JSON object of secrets by the repositories that they may speak for, or one
 * plain secret whose repositories are configured beside it. The version before the current one ({@code AWSPREVIOUS}) is good as well, so a
 * rotation needs no deploy; both are read again after five minutes.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html">versions and staging labels</a>
 */
public final class SecretsManagerSecrets implements WebhookSecrets {
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final SecretsManagerClient client;
    private final Map<Forge, Stored> stored;
    private final Clock clock;
    private final Map<Forge, Kept> kept = new EnumMap<>(Forge.class);

    /**
     * Where the secret of a forge lies.
     *
     * @param id its ARN or name
     * @param repositories that a plain secret may speak for
     */
    public record Stored(String id, Optional<RepositoryNames> repositories) {}

    private record Kept(List<SharedSecret> secrets, Instant goodUntil) {}

    public SecretsManagerSecrets(SecretsManagerClient client, Map<Forge, Stored> stored, Clock clock) {
        this.client = client;
        this.stored = Map.copyOf(stored);
        this.clock = clock;
    }

    @Override
    public synchronized List<SharedSecret> read(Forge forge) {
        var where = stored.get(forge);
        if (where == null) {
            return List.of();
        }
        var before = kept.get(forge);
        if (before != null && clock.instant().isBefore(before.goodUntil())) {
            return before.secrets();
        }
        var secrets = read(where);
        kept.put(forge, new Kept(secrets, clock.instant().plus(KEPT)));
        return secrets;
    }

    private List<SharedSecret> read(Stored where) {
        try {
            var secrets = new ArrayList<>(version(where, "AWSCURRENT"));
            try {
                secrets.addAll(version(where, "AWSPREVIOUS"));
            } catch (ResourceNotFoundException e) {
                // It was never rotated: the current one was read by the same name.
            }
            return List.copyOf(secrets);
        } catch (SdkException | IllegalArgumentException e) {
            throw new SecretUnavailableException(
                    "cannot read the secret " + where.id() + "; check that it is there, is text and not empty, and that"
                            + " secretsmanager:GetSecretValue is allowed: " + e.getMessage(),
                    e);
        }
    }

    private List<SharedSecret> version(Stored where, String stage) {
        var value = client.getSecretValue(get -> get.secretId(where.id()).versionStage(stage));
        var text = Optional.ofNullable(value.secretString()).orElse("");
        var each = SecretObject.parse(text);
        return each.isPresent()
                ? each.get().secrets()
                : List.of(
                        new SharedSecret(
                                new WebhookSecret(text),
                                where.repositories()
                                        .orElseThrow(
                                                () -> new IllegalArgumentException(
                                                        "it is one plain secret, and nothing says which repositories it may speak for"))));
    }
}
