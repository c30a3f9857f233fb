package dev.sledge.aws;

import dev.sledge.event.Repository;
import dev.sledge.webhook.SecretKeeper;
import dev.sledge.webhook.SecretUnavailableException;
import dev.sledge.webhook.WebhookSecret;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The secrets of one forge's webhooks in Secrets Manager: a JSON object of them by the repositories' names, or one plain secret that many
 * repositories share. {@link SecretsManagerSecrets} reads what this writes; the version before the current one stays good.
 */
public final class SecretsManagerKeeper implements SecretKeeper {
    private final SecretsManagerClient client;
    private final String id;

    /** @param id the secret's ARN or name */
    public SecretsManagerKeeper(SecretsManagerClient client, String id) {
        this.client = client;
        this.id = id;
    }

    /** With the region, the credentials and the endpoint that the environment names. */
    public static SecretsManagerKeeper of(String id) {
        return new SecretsManagerKeeper(
                SecretsManagerClient.builder()
                        .httpClient(UrlConnectionHttpClient.create())
                        .build(),
                id);
    }

    @Override
    public Optional<WebhookSecret> current(Repository repository) {
        return read().secret(repository.fullName());
    }

    @Override
    public void replace(Repository repository, WebhookSecret secret) {
        var each = read();
        try {
            client.putSecretValue(put -> put.secretId(id).secretString(each.with(repository.fullName(), secret)));
        } catch (SdkException e) {
            throw new SecretUnavailableException(
                    "cannot write the secret " + id + "; check that secretsmanager:PutSecretValue is allowed: "
                            + e.getMessage(),
                    e);
        }
    }

    private SecretObject read() {
        try {
            var value = client.getSecretValue(get -> get.secretId(id).versionStage("AWSCURRENT"));
            return SecretObject.parse(value.secretString() == null ? "{}" : value.secretString());
        } catch (SdkException | IllegalArgumentException e) {
            throw new SecretUnavailableException(
                    "cannot read the secret " + id
                            + "; check that it is there and that secretsmanager:GetSecretValue is" + " allowed: "
                            + e.getMessage(),
                    e);
        }
    }
}
