package dev.sledge.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.webhook.RepositoryNames;
import dev.sledge.webhook.SharedSecret;
import dev.sledge.webhook.WebhookSecret;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Secrets as one text, {@code {"octocat/hello-world": "…", "octocat/*": "…"}}: by the repositories that each may speak for. */
record SecretObject(ObjectNode json) {
    // Of two secrets under one name the first would silently be lost.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Reads the text of a secret.
     *
     * @throws IllegalArgumentException if it is no such object; the message quotes nothing of it, not even a name, which may be a secret by
     *     mistake
     */
    static SecretObject parse(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                var secrets = new SecretObject(object);
                secrets.secrets(name -> true);
                return secrets;
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // Said below, without the words of an exception, which may quote the secret.
        }
        throw new IllegalArgumentException(
                "it must hold a JSON object of secrets by owner/name, owner/* or *, each once; {} holds none");
    }

    /** Those whose name passes. */
    List<SharedSecret> secrets(Predicate<String> names) {
        return json.properties().stream()
                .filter(entry -> names.test(entry.getKey()))
                .map(entry -> new SharedSecret(
                        new WebhookSecret(
                                entry.getValue().isTextual() ? entry.getValue().asText() : ""),
                        new RepositoryNames(List.of(entry.getKey()))))
                .toList();
    }

    boolean names(String name) {
        return json.has(name);
    }

    Optional<WebhookSecret> secret(String repository) {
        return names(repository)
                ? Optional.of(new WebhookSecret(json.path(repository).asText()))
                : Optional.empty();
    }

    /** The text with one of them replaced or added. */
    String with(String repository, WebhookSecret secret) {
        return json.deepCopy().put(repository, secret.reveal()).toString();
    }
}
