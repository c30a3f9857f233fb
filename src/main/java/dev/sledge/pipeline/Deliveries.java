package dev.sledge.pipeline;

import dev.sledge.webhook.Received;
import dev.sledge.webhook.WebhookRequest;
import dev.sledge.webhook.Webhooks;

/** A request from a forge becomes events in the queue: verified first, acknowledged before any work. */
public final class Deliveries {
    private final Webhooks webhooks;
    private final EventQueue queue;

    public Deliveries(Webhooks webhooks, EventQueue queue) {
        this.webhooks = webhooks;
        this.queue = queue;
    }

    /**
     * Takes a request as it came in.
     *
     * @return what it turned out to be; the events of a verified one are in the queue
     * @throws EventNotQueuedException if one of them is not
     */
    public Received receive(WebhookRequest request) {
        var received = webhooks.read(request);
        if (received instanceof Received.Verified(var delivery, var events)) {
            events.forEach(event -> queue.put(delivery, event));
        }
        return received;
    }
}
