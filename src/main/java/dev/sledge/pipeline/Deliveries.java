package dev.sledge.pipeline;

import dev.sledge.webhook.Received;

/** What a delivery proved becomes events in the queue: acknowledged before any work. */
public record Deliveries(EventQueue queue) {
    /**
     * Queues the events of a delivery that is verified; any other leaves nothing.
     *
     * @return the same; when it is answered, all of its events are safe
     * @throws EventNotQueuedException if one of them is not
     */
    public Received accept(Received received) {
        if (received instanceof Received.Verified(var delivery, var events)) {
            events.forEach(event -> queue.put(delivery, event));
        }
        return received;
    }
}
