package dev.sledge.webhook;

import java.io.IOException;
import java.util.Optional;

/** What one forge's deliveries look like: how they are proved, and what they say. */
interface DeliveryReader {
    Proof proof();

    /**
     * Reads a delivery that is proved.
     *
     * @param host the forge's, as the repositories of its events carry it
     * @throws IllegalArgumentException if it is not of the shape that the forge documents; the message says what is not
     * @throws IOException if its body is no JSON within the limits
     */
    Received read(String host, WebhookRequest request) throws IOException;

    /** Why a request is to be ignored before it is proved, where a forge sends some that it never signs. */
    default Optional<String> unsigned(WebhookRequest request) {
        return Optional.empty();
    }
}
