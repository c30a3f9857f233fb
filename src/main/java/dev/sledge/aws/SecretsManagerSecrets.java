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
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * A webhook's secret in Secrets Manager, its string the secret itself. The version before the current one ({@code AWSPREVIOUS}) is good as
 * well, so a rotation needs no deploy; both are read again after five minutes.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html">versions and staging labels</a>
 */
public final class SecretsManagerSecrets implements WebhookSecrets {
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final SecretsManagerClient client;
    private final String arn;
    private final Clock clock;
    private List<SharedSecret> kept = List.of();
    private Instant goodUntil = Instant.EPOCH;

    /** @param arn of the secret, or its name */
    public SecretsManagerSecrets(SecretsManagerClient client, String arn, Clock clock) {
        this.client = client;
        this.arn = arn;
        this.clock = clock;
    }

    @Override
    public synchronized List<SharedSecret> read(Forge forge) {
        if (clock.instant().isBefore(goodUntil)) {
            return kept;
        }
        try {
            var secrets = new ArrayList<SharedSecret>();
            secrets.add(version("AWSCURRENT"));
            try {
                secrets.add(version("AWSPREVIOUS"));
            } catch (ResourceNotFoundException e) {
                // It was never rotated: the current one was read by the same name.
            }
            kept = List.copyOf(secrets);
            goodUntil = clock.instant().plus(KEPT);
            return kept;
        } catch (SdkException | IllegalArgumentException e) {
            throw new SecretUnavailableException(
                    "cannot read the secret " + arn + "; check that it is there, is text and not empty, and that"
                            + " secretsmanager:GetSecretValue is allowed: " + e.getMessage(),
                    e);
        }
    }

    private SharedSecret version(String stage) {
        var value = client.getSecretValue(get -> get.secretId(arn).versionStage(stage));
        return new SharedSecret(
                new WebhookSecret(value.secretString() == null ? "" : value.secretString()), RepositoryNames.ALL);
    }
}
