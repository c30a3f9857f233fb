package dev.sledge.webhook;

import java.util.List;

/** Where the secrets shared with a forge are kept. */
public interface WebhookSecrets {
    /**
     * The current secret, and after it the previous one where there is one: during a rotation both are good.
     *
     * @throws SecretUnavailableException if they cannot be read; nothing can be proved then
     */
    List<WebhookSecret> read();
}
