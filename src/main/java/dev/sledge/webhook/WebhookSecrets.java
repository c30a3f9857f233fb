package dev.sledge.webhook;

import dev.sledge.event.Forge;
import java.util.List;

/** Where the secrets shared with forges are kept. */
public interface WebhookSecrets {
    /**
     * The secrets of one forge: the current ones, and after each the one before it where there is one, since during a rotation both are
     * good. None if no secret is configured: then nothing of that forge can be proved.
     *
     * @throws SecretUnavailableException if they cannot be read; nothing can be proved then
     */
    List<SharedSecret> read(Forge forge);

    /** The same, as new as can be: one may have been made since they were read, and a delivery is not refused for that. */
    default List<SharedSecret> readAgain(Forge forge) {
        return read(forge);
    }
}
