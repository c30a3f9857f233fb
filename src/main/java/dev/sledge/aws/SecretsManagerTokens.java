package dev.sledge.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.source.SourceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The tokens of forges in Secrets Manager: a JSON object with a {@code token}, and with a {@code user} where the forge wants one beside it
 * (API tokens of Bitbucket). They are read again after five minutes, so a rotation needs no deploy.
 */
public final class SecretsManagerTokens {
    /** The field of the secret that holds the token itself. */
    public static final String TOKEN = "token";

    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final SecretsManagerClient client;
    private final InstantSource clock;
    private final Map<String, Kept> kept = new HashMap<>();

    private record Kept(Optional<String> token, Instant since) {}

    public SecretsManagerTokens(SecretsManagerClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * The token that a secret holds, {@code user:token} if it names a user.
     *
     * @param id of the secret, its ARN or name
     * @return empty as long as nobody has put one there: the secret is {@code {}}
     * @throws SourceUnavailableException if the secret cannot be read, or holds something else
     */
    public synchronized Optional<String> read(String id) {
        var before = kept.get(id);
        if (before != null && clock.instant().isBefore(before.since().plus(KEPT))) {
            return before.token();
        }
        var token = parse(id, text(id));
        kept.put(id, new Kept(token, clock.instant()));
        return token;
    }

    private String text(String id) {
        try {
            return Optional.ofNullable(
                            client.getSecretValue(get -> get.secretId(id)).secretString())
                    .orElse("");
        } catch (SdkException e) {
            throw new SourceUnavailableException(
                    "cannot read the secret " + id + "; check that it is there and that"
                            + " secretsmanager:GetSecretValue is allowed: " + e.getMessage(),
                    e);
        }
    }

    /** No message quotes the text: it is a secret, whatever is wrong with it. */
    private static Optional<String> parse(String id, String text) {
        try {
            var json = JSON.readTree(text);
            if (json.isObject() && json.isEmpty()) {
                return Optional.empty();
            }
            var token = json.path(TOKEN);
            if (token.isTextual() && !token.asText().isBlank()) {
                var user = json.path("user").asText("");
                return Optional.of(user.isEmpty() ? token.asText() : user + ":" + token.asText());
            }
        } catch (JsonProcessingException e) {
            // Said below, without its words.
        }
        throw new SourceUnavailableException(
                "the secret " + id + " must hold {\"token\": \"…\"}, with a \"user\" where the forge wants one");
    }
}
