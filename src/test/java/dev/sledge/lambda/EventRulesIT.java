package dev.sledge.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.SamTemplate;
import dev.sledge.aws.Emulated;
import dev.sledge.local.RunningLocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The rules of {@code template.yaml} on a bus of EventBridge: what reaches the functions, and what does not. */
class EventRulesIT {
    private static final JsonMapper JSON = new JsonMapper();

    /** Of the emulator: the bus writes it into every event itself. */
    private static final String ACCOUNT = "000000000000";

    @RegisterExtension
    static final RunningLocalStack LOCALSTACK = new RunningLocalStack();

    private static EventBridgeClient bus;
    private static SqsClient sqs;

    @BeforeAll
    static void connect() {
        bus = Emulated.client(EventBridgeClient.builder(), LOCALSTACK.endpoint());
        sqs = Emulated.client(SqsClient.builder(), LOCALSTACK.endpoint());
    }

    @AfterAll
    static void close() {
        bus.close();
        sqs.close();
    }

    @Test
    void whatHappensToRefsAndPullRequestsOfCodeCommitReachesTheWebhookFunction() throws Exception {
        var sent = new ArrayList<JsonNode>();
        try (var files = Files.newDirectoryStream(Path.of("events"), "codecommit-*.json")) {
            for (var file : files) {
                var event = JSON.readTree(file.toFile());
                // The shape of a trigger comes by another way.
                if (event.has("detail-type")) {
                    sent.add(event);
                }
            }
        }
        assertThat(sent).hasSizeGreaterThanOrEqualTo(6);
        var comment = sent.getFirst().<ObjectNode>deepCopy().put("detail-type", "CodeCommit Comment on Commit");
        var elsewhere = sent.getFirst().<ObjectNode>deepCopy().put("source", "someone.else");

        assertThat(reached("WebhookFunction", "CodeCommit", with(sent, comment, elsewhere)))
                .containsExactlyInAnyOrderElementsOf(details(sent));
    }

    @Test
    void whatHappensToBuildsOfThisDeploymentReachesTheStateFunction() throws Exception {
        var end = (ObjectNode) JSON.readTree(
                Path.of("events/functions/build-state-change.json").toFile());
        var begun = end.deepCopy();
        begun.withObjectProperty("detail").put("build-status", "IN_PROGRESS");
        var others = end.deepCopy();
        others.withObjectProperty("detail").put("project-name", "somebody-else");
        var phase = end.deepCopy().put("detail-type", "CodeBuild Build Phase Change");

        assertThat(reached("BuildStateFunction", "BuildState", List.of(end, begun, others, phase)))
                .containsExactlyInAnyOrderElementsOf(details(List.of(end, begun)));
    }

    private static List<JsonNode> with(List<JsonNode> events, JsonNode... more) {
        var all = new ArrayList<>(events);
        all.addAll(List.of(more));
        return all;
    }

    private static List<JsonNode> details(List<? extends JsonNode> events) {
        return events.stream().map(event -> event.path("detail")).toList();
    }

    /** Sends the events to the bus, and gives the details of those that the rule of a function hands on. */
    private static List<JsonNode> reached(String function, String event, List<? extends JsonNode> events)
            throws IOException {
        var rule = event + UUID.randomUUID();
        var queue = queueBehind(rule, pattern(function, event));
        for (var each : events) {
            var answer = bus.putEvents(put -> put.entries(PutEventsRequestEntry.builder()
                    .source(each.path("source").asText())
                    .detailType(each.path("detail-type").asText())
                    .detail(each.path("detail").toString())
                    .build()));
            assertThat(answer.failedEntryCount()).isZero();
        }
        return received(queue);
    }

    private static String pattern(String function, String event) throws IOException {
        var pattern = SamTemplate.read(Map.of())
                .properties(function)
                .at("/Events/" + event + "/Properties/Pattern")
                .toString();
        return pattern.replace(SamTemplate.ACCOUNT, ACCOUNT);
    }

    private static String queueBehind(String rule, String pattern) {
        var queue = sqs.createQueue(create -> create.queueName(rule)).queueUrl();
        var arn = sqs.getQueueAttributes(get -> get.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        bus.putRule(put -> put.name(rule).eventPattern(pattern));
        bus.putTargets(put ->
                put.rule(rule).targets(Target.builder().id("queue").arn(arn).build()));
        return queue;
    }

    private static List<JsonNode> received(String queue) throws IOException {
        var details = new ArrayList<JsonNode>();
        while (true) {
            var messages = sqs.receiveMessage(receive ->
                            receive.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(3))
                    .messages();
            if (messages.isEmpty()) {
                return details;
            }
            for (var message : messages) {
                details.add(JSON.readTree(message.body()).path("detail"));
                sqs.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
            }
        }
    }
}
