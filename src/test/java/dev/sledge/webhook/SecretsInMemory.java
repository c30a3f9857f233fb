package dev.sledge.webhook;

import dev.sledge.event.Repository;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Secrets in a map. */
public final class SecretsInMemory implements SecretKeeper {
    private final Map<Repository, WebhookSecret> secrets = new HashMap<>();

    @Override
    public Optional<WebhookSecret> current(Repository repository) {
        return Optional.ofNullable(secrets.get(repository));
    }

    @Override
    public void replace(Repository repository, WebhookSecret secret) {
        secrets.put(repository, secret);
    }
}
