package dev.sledge.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.aws.Emulated;
import dev.sledge.aws.EventJson;
import dev.sledge.aws.SecretsManagerKeeper;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.DefaultBranch;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.SkipMark;
import dev.sledge.local.RunningLocalStack;
import dev.sledge.webhook.WebhookSecret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The webhook function as it is deployed: its own jar, its own process, a queue and a secret that it reaches by AWS's protocols. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookFunctionIT {
    private static final String COMMIT = "6dcb09b5b57875f334f61aebed695e2e4193db5e";
    private static final String PAYLOAD = """
            {"ref":"refs/heads/main","before":"%s","after":"%s","deleted":false,
             "head_commit":{"id":"%s"},"repository":{"full_name":"octocat/hello-world","default_branch":"main"}}""".formatted("0".repeat(40), COMMIT, COMMIT);

    @RegisterExtension
    static final RunningLocalStack LOCALSTACK = new RunningLocalStack();

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private String endpoint = "";
    private SqsClient sqs;
    private SecretsManagerClient secrets;
    private String queue = "";
    private String secretArn = "";

    @BeforeAll
    void start() throws Exception {
        endpoint = LOCALSTACK.endpoint().toString();
        sqs = Emulated.client(SqsClient.builder(), URI.create(endpoint));
        secrets = Emulated.client(SecretsManagerClient.builder(), URI.create(endpoint));
        toClose.add(sqs);
        toClose.add(secrets);
        queue = sqs.createQueue(create ->
                        create.queueName("events.fifo").attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
                .queueUrl();
        secretArn = secrets.createSecret(create -> create.name("github").secretString(shared("first")))
                .arn();
    }

    @AfterAll
    void stop() throws Exception {
        for (var closing : toClose.reversed()) {
            closing.close();
        }
    }

    @Test
    void aSignedPushIsInTheQueueWhenItIsAnswered() throws Exception {
        var answer = deliver("delivery-1", PAYLOAD, "first", false);

        assertThat(answer.path("statusCode").asInt()).isEqualTo(202);
        assertThat(answer.path("body").asText())
                .isEqualTo("{\"accepted\":[{\"kind\":\"push_branch\",\"repository\":\"octocat/hello-world\","
                        + "\"ref\":\"refs/heads/main\",\"commit\":\"" + COMMIT + "\"}]}");
        assertThat(received())
                .containsExactly(new Pushed(
                        new Repository("github.com", "octocat/hello-world"),
                        new GitRef.Branch("main"),
                        new Before.Nothing(),
                        new CommitId(COMMIT),
                        new DefaultBranch.Named(new GitRef.Branch("main")),
                        new SkipMark.Untold()));
    }

    @Test
    void aRepeatedDeliveryIsQueuedOnce() throws Exception {
        deliver("delivery-2", PAYLOAD, "first", false);
        deliver("delivery-2", PAYLOAD, "first", true);
        assertThat(received()).hasSize(1);
    }

    @Test
    void aForgedDeliveryIsRefusedAndNotQueued() throws Exception {
        var answer = deliver("delivery-3", PAYLOAD, "guessed", false);
        assertThat(answer.path("statusCode").asInt()).isEqualTo(401);
        assertThat(received()).isEmpty();
    }

    @Test
    void duringARotationBothSecretsAreGood() throws Exception {
        secrets.putSecretValue(put -> put.secretId(secretArn).secretString(shared("second")));
        try {
            assertThat(deliver("delivery-4", PAYLOAD, "first", false)
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(202);
            assertThat(deliver("delivery-5", PAYLOAD, "second", false)
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(202);
            assertThat(received()).hasSize(2);
        } finally {
            secrets.putSecretValue(put -> put.secretId(secretArn).secretString(shared("first")));
        }
    }

    @Test
    void aSecretSpeaksForItsRepositoriesAlone() throws Exception {
        var answer = deliver("delivery-6", PAYLOAD.replace("octocat/", "mona/"), "first", false);
        assertThat(answer.path("statusCode").asInt()).isEqualTo(401);
        assertThat(received()).isEmpty();
    }

    @Test
    void secretsByTheirRepositoriesAreRead() throws Exception {
        var keeper = new SecretsManagerKeeper(secrets, secretArn);
        var repository = new Repository("github.com", "octocat/hello-world");
        secrets.putSecretValue(put -> put.secretId(secretArn).secretString("{}"));
        try {
            keeper.replace(repository, new WebhookSecret("its own"));
            assertThat(deliver("delivery-7", PAYLOAD, "its own", false)
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(202);
            assertThat(received()).hasSize(1);
        } finally {
            secrets.putSecretValue(put -> put.secretId(secretArn).secretString(shared("first")));
        }
    }

    @Test
    void anEventOfCodeCommitIsInTheQueueWhenItIsAnswered() throws Exception {
        var event = new JsonMapper()
                .readTree(Path.of("events", "codecommit-branch-updated.json").toFile());
        assertThat(invoke(event).path("statusCode").asInt()).isEqualTo(202);
        assertThat(received())
                .singleElement()
                .satisfies(queued -> assertThat(queued.repository())
                        .isEqualTo(new Repository("git-codecommit.eu-central-1.amazonaws.com", "hello-world")));
    }

    @Test
    void whatIsNoWebhookIsAnsweredAndNotQueued() throws Exception {
        var get = new JsonMapper()
                .readTree("{\"requestContext\":{\"http\":{\"method\":\"GET\"}},\"rawPath\":\"/hook/github\"}");
        assertThat(invoke(get).path("statusCode").asInt()).isEqualTo(405);
        var elsewhere = new JsonMapper()
                .readTree("{\"requestContext\":{\"http\":{\"method\":\"POST\"}},\"rawPath\":\"/\",\"body\":\"{}\"}");
        assertThat(invoke(elsewhere).path("statusCode").asInt()).isEqualTo(404);
        assertThat(received()).isEmpty();
    }

    /** One secret for all repositories of an owner. */
    private static String shared(String secret) {
        return "{\"octocat/*\":\"" + secret + "\"}";
    }

    @Test
    void aRepositoryThatIsTakenOutDoesNotComeBackByItsOldSecret() throws Exception {
        secrets.putSecretValue(put -> put.secretId(secretArn).secretString("{\"mona/*\":\"other\"}"));
        try {
            assertThat(deliver("delivery-8", PAYLOAD, "first", false)
                            .path("statusCode")
                            .asInt())
                    .isEqualTo(401);
        } finally {
            secrets.putSecretValue(put -> put.secretId(secretArn).secretString(shared("first")));
        }
    }

    private JsonNode deliver(String delivery, String payload, String secret, boolean base64) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var bytes = payload.getBytes(StandardCharsets.UTF_8);
        var event = new JsonMapper().createObjectNode().put("version", "2.0").put("rawPath", "/hook/github");
        event.putObject("headers")
                .put("x-github-event", "push")
                .put("x-github-delivery", delivery)
                .put("content-type", "application/json")
                .put("x-hub-signature-256", "sha256=" + HexFormat.of().formatHex(mac.doFinal(bytes)));
        event.putObject("requestContext").putObject("http").put("method", "POST");
        event.put("body", base64 ? Base64.getEncoder().encodeToString(bytes) : payload);
        event.put("isBase64Encoded", base64);
        return invoke(event);
    }

    private JsonNode invoke(JsonNode event) throws Exception {
        var environment = Map.of(
                "AWS_ENDPOINT_URL", endpoint,
                "SLEDGE_QUEUE_URL", queue,
                "SLEDGE_WEBHOOK_SECRET_GITHUB", secretArn);
        return new FunctionProcess(WebhookHandler.class, environment).invoke(event);
    }

    private List<RepositoryEvent> received() {
        var events = new ArrayList<RepositoryEvent>();
        while (true) {
            var messages = sqs.receiveMessage(receive -> receive.queueUrl(queue).maxNumberOfMessages(10))
                    .messages();
            if (messages.isEmpty()) {
                return events;
            }
            for (var message : messages) {
                events.add(EventJson.read(message.body()));
                sqs.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
            }
        }
    }
}
