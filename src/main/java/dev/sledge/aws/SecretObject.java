package dev.sledge.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.webhook.RepositoryNames;
import dev.sledge.webhook.SharedSecret;
import dev.sledge.webhook.WebhookSecret;
import java.util.List;
import java.util.Optional;

/** Secrets as one text, {@code {"octocat/hello-world": "…", "octocat/*": "…"}}: by the repositories that each may speak for. */
record SecretObject(ObjectNode json) {
    private static final JsonMapper JSON = new JsonMapper();

    static SecretObject empty() {
        return new SecretObject(JSON.createObjectNode());
    }

    /** Empty if the text is no JSON object, but a secret itself. */
    static Optional<SecretObject> parse(String text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode object
                    ? Optional.of(new SecretObject(object))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * All of them.
     *
     * @throws IllegalArgumentException if a name is none, or a secret is empty; without the name, which may be a secret by mistake
     */
    List<SharedSecret> secrets() {
        try {
            return all();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its JSON object must hold secrets by owner/name, owner/* or *");
        }
    }

    private List<SharedSecret> all() {
        return json.properties().stream()
                .map(entry -> new SharedSecret(
                        new WebhookSecret(entry.getValue().asText()), new RepositoryNames(List.of(entry.getKey()))))
                .toList();
    }

    Optional<WebhookSecret> secret(String repository) {
        var text = json.path(repository).asText();
        return text.isBlank() ? Optional.empty() : Optional.of(new WebhookSecret(text));
    }

    /** The text with one of them replaced or added. */
    String with(String repository, WebhookSecret secret) {
        return json.deepCopy().put(repository, secret.reveal()).toString();
    }
}
