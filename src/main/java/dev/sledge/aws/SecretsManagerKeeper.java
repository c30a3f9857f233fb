package dev.sledge.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.event.Repository;
import dev.sledge.webhook.SecretKeeper;
import dev.sledge.webhook.SecretUnavailableException;
import dev.sledge.webhook.WebhookSecret;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The secrets of one forge's webhooks in Secrets Manager: a JSON object of them by the repositories' names, or one plain secret that many
 * repositories share. {@link SecretsManagerSecrets} reads what this writes; the version before the current one stays good.
 */
public final class SecretsManagerKeeper implements SecretKeeper {
    private static final JsonMapper JSON = new JsonMapper();

    private final SecretsManagerClient client;
    private final String id;

    /** @param id the secret's ARN or name */
    public SecretsManagerKeeper(SecretsManagerClient client, String id) {
        this.client = client;
        this.id = id;
    }

    @Override
    public Optional<WebhookSecret> current(Repository repository) {
        var text = read();
        var each = object(text);
        if (each.isEmpty()) {
            return text.isBlank() ? Optional.empty() : Optional.of(new WebhookSecret(text));
        }
        var secret = each.get().path(repository.fullName()).asText();
        return secret.isBlank() ? Optional.empty() : Optional.of(new WebhookSecret(secret));
    }

    @Override
    public void replace(Repository repository, WebhookSecret secret) {
        var text = read();
        var all = text.isBlank() ? Optional.of(JSON.createObjectNode()) : object(text);
        if (all.isEmpty()) {
            throw new SecretUnavailableException(
                    "the secret " + id + " is one for several repositories and is not replaced"
                            + " for " + repository
                            + " alone; put a new value with aws secretsmanager put-secret-value, or {} to"
                            + " have one for each repository");
        }
        var changed = all.get().put(repository.fullName(), secret.reveal()).toString();
        try {
            client.putSecretValue(put -> put.secretId(id).secretString(changed));
        } catch (SdkException e) {
            throw new SecretUnavailableException(
                    "cannot write the secret " + id + "; check that secretsmanager:PutSecretValue is allowed: "
                            + e.getMessage(),
                    e);
        }
    }

    private String read() {
        try {
            var value = client.getSecretValue(get -> get.secretId(id).versionStage("AWSCURRENT"));
            return value.secretString() == null ? "" : value.secretString();
        } catch (SdkException e) {
            throw new SecretUnavailableException(
                    "cannot read the secret " + id
                            + "; check that it is there and that secretsmanager:GetSecretValue is" + " allowed: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Optional<ObjectNode> object(String text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException e) {
            // A plain secret is no JSON.
            return Optional.empty();
        }
    }
}
