package dev.sledge.pipeline;

import dev.sledge.event.RepositoryEvent;
import dev.sledge.webhook.DeliveryId;

/** Where verified events wait for their turn: SQS in the cloud, a list on a laptop. */
public interface EventQueue {
    /**
     * Puts an event at the end; events of one ref come out in the order they went in. The same event of the same delivery put twice comes
     * out once, if the second time is within minutes.
     *
     * @throws EventNotQueuedException if it is not safe in the queue; the forge is to deliver again
     */
    void put(DeliveryId delivery, RepositoryEvent event);
}
