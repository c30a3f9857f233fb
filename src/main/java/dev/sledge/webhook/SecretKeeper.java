package dev.sledge.webhook;

import dev.sledge.event.Repository;
import java.util.Optional;

/** Keeps the secret of each repository's webhook where the receiver of its deliveries reads it. */
public interface SecretKeeper {
    /**
     * The secret that deliveries of a repository are signed with; none if none was made.
     *
     * @throws SecretUnavailableException if it cannot be read
     */
    Optional<WebhookSecret> current(Repository repository);

    /**
     * Makes a secret the current one; the one before it stays good until the next time.
     *
     * @throws SecretUnavailableException if it cannot be written; then the current one is as it was
     */
    void replace(Repository repository, WebhookSecret secret);
}
