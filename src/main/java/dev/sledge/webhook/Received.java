package dev.sledge.webhook;

import dev.sledge.event.RepositoryEvent;
import java.util.List;

/** What a request turned out to be. */
public sealed interface Received {
    /** Proved to come from the forge, and something happened to refs. */
    record Verified(DeliveryId delivery, List<RepositoryEvent> events) implements Received {
        public Verified {
            events = List.copyOf(events);
            if (events.isEmpty()) {
                throw new IllegalArgumentException("a delivery without events is to be ignored, with a reason");
            }
        }
    }

    /** Proved to come from the forge, but nothing we build. */
    record Ignored(DeliveryId delivery, String why) implements Received {}

    /** Not proved; the reason quotes nothing of the request. */
    record Refused(String why) implements Received {}

    /** Proved, but not of the shape the forge documents. */
    record Malformed(String why) implements Received {}
}
