package dev.sledge.aws;

import dev.sledge.event.Forge;
import dev.sledge.webhook.SecretUnavailableException;
import dev.sledge.webhook.SharedSecret;
import dev.sledge.webhook.WebhookSecrets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * The webhooks' secrets in Secrets Manager, one entry a forge: a JSON object of secrets by the repositories that they may speak for. What
 * the version before the current one ({@code AWSPREVIOUS}) says of names that are still there is good as well, so a rotation needs no
 * deploy. They are read again after five minutes, and sooner when a delivery is not proved by them.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html">versions and staging labels</a>
 */
public final class SecretsManagerSecrets implements WebhookSecrets {
    private static final Duration KEPT = Duration.ofMinutes(5);
    /** However many forged deliveries come, no more is asked. */
    private static final Duration SOONEST = Duration.ofSeconds(10);

    private final SecretsManagerClient client;
    private final Map<Forge, String> ids;
    private final InstantSource clock;
    private final Map<Forge, Kept> kept = new EnumMap<>(Forge.class);

    private record Kept(List<SharedSecret> secrets, Instant since) {}

    /** @param ids of the forges' secrets, by ARN or name */
    public SecretsManagerSecrets(SecretsManagerClient client, Map<Forge, String> ids, InstantSource clock) {
        this.client = client;
        this.ids = Map.copyOf(ids);
        this.clock = clock;
    }

    @Override
    public List<SharedSecret> read(Forge forge) {
        return read(forge, KEPT);
    }

    @Override
    public List<SharedSecret> readAgain(Forge forge) {
        return read(forge, SOONEST);
    }

    private synchronized List<SharedSecret> read(Forge forge, Duration oldest) {
        var id = ids.get(forge);
        if (id == null) {
            return List.of();
        }
        var before = kept.get(forge);
        if (before != null && clock.instant().isBefore(before.since().plus(oldest))) {
            return before.secrets();
        }
        var secrets = read(id);
        kept.put(forge, new Kept(secrets, clock.instant()));
        return secrets;
    }

    private List<SharedSecret> read(String id) {
        try {
            var current = version(id, "AWSCURRENT");
            var secrets = new ArrayList<>(current.secrets(name -> true));
            // A repository that was taken out must not come back by its old secret.
            previous(id).ifPresent(before -> secrets.addAll(before.secrets(current::names)));
            return List.copyOf(secrets);
        } catch (SdkException | IllegalArgumentException e) {
            throw new SecretUnavailableException(
                    "cannot read the secret " + id + "; check that it is there and that"
                            + " secretsmanager:GetSecretValue is allowed: " + e.getMessage(),
                    e);
        }
    }

    private Optional<SecretObject> previous(String id) {
        try {
            return Optional.of(version(id, "AWSPREVIOUS"));
        } catch (ResourceNotFoundException | IllegalArgumentException e) {
            // It was never rotated, or what was there is no longer asked for: the current one was read by the same
            // name.
            return Optional.empty();
        }
    }

    private SecretObject version(String id, String stage) {
        var value = client.getSecretValue(get -> get.secretId(id).versionStage(stage));
        return SecretObject.parse(Optional.ofNullable(value.secretString()).orElse(""));
    }
}
