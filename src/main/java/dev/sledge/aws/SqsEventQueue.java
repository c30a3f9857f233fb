package dev.sledge.aws;

import dev.sledge.event.RepositoryEvent;
import dev.sledge.image.Digest;
import dev.sledge.pipeline.EventNotQueuedException;
import dev.sledge.pipeline.EventQueue;
import dev.sledge.webhook.DeliveryId;
import java.net.URI;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * An SQS FIFO queue. One group a ref, so that pushes of one ref keep their order and a ref that fails blocks only itself; a delivery that is
 * repeated within five minutes is dropped.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues.html">FIFO queues</a>
 */
public final class SqsEventQueue implements EventQueue {
    private final SqsClient sqs;
    private final URI url;

    public SqsEventQueue(SqsClient sqs, URI url) {
        this.sqs = sqs;
        this.url = url;
    }

    @Override
    public void put(DeliveryId delivery, RepositoryEvent event) {
        var repository = event.repository();
        var ref = repository.host() + "\n" + repository.fullName() + "\n"
                + event.ref().full();
        try {
            // Ids have 128 characters at most, of letters, digits and some punctuation: names have more and others.
            sqs.sendMessage(send -> send.queueUrl(url.toString())
                    .messageBody(EventJson.write(event))
                    .messageGroupId(Digest.of(ref).hex())
                    .messageDeduplicationId(
                            Digest.of(delivery.value() + "\n" + ref).hex()));
        } catch (SdkException e) {
            throw new EventNotQueuedException(
                    "cannot write to queue " + url + "; check that it is there and that sqs:SendMessage is allowed: "
                            + e.getMessage(),
                    e);
        }
    }
}
