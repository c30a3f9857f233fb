package dev.sledge.lambda;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What SQS invokes a function with: some messages of a FIFO queue, in their order, and what is answered: those that are to come again.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting">partial batches</a>
 */
record EventBatch(List<Message> messages) {
    private static final JsonMapper JSON = new JsonMapper();

    EventBatch {
        messages = List.copyOf(messages);
    }

    record Message(String id, String body) {}

    static EventBatch read(InputStream in) throws IOException {
        var messages = new ArrayList<Message>();
        JSON.readTree(in)
                .path("Records")
                .forEach(record -> messages.add(new Message(
                        record.path("messageId").asText(), record.path("body").asText())));
        return new EventBatch(messages);
    }

    /** Answers that {@code failed} and all after it come again, since their order must stay; all are done if none failed. */
    void answer(int failed, OutputStream out) throws IOException {
        var json = JSON.createObjectNode();
        var failures = json.putArray("batchItemFailures");
        messages.stream().skip(failed).forEach(message -> failures.addObject().put("itemIdentifier", message.id()));
        JSON.writeValue(out, json);
    }
}
