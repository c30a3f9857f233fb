package dev.sledge.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.aws.CodeBuildDouble;
import dev.sledge.aws.CodeBuildState;
import dev.sledge.aws.EcrAtHand;
import dev.sledge.aws.ExecutedBuilds;
import dev.sledge.aws.RunningMiniStack;
import dev.sledge.aws.ServiceModel;
import dev.sledge.build.PlanJson;
import dev.sledge.cli.TestRepository;
import dev.sledge.event.Repository;
import dev.sledge.forge.RunningGitea;
import dev.sledge.local.RunningServices;
import dev.sledge.plan.BuildPlan;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The whole way of a push on AWS, as far as AWS can be had here: the template is deployed, the functions run from their jar under AWS's
 * runtime with the environment that the deployment gave them, the queue, the bucket, the secrets and the registry answer by AWS's
 * protocols, the forge is a Gitea, and what CodeBuild is asked to run is run, in the build image.
 */
class DeployIT {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    static final RunningMiniStack MINISTACK = new RunningMiniStack();

    @RegisterExtension
    static final RunningGitea GITEA = new RunningGitea();

    @RegisterExtension
    static final RunningServices SERVICES = new RunningServices();

    @TempDir
    Path directory;

    private final CodeBuildState state = new CodeBuildState(InstantSource.system());

    @Test
    void aPushBecomesAnImageARecordAndAStatus() throws Exception {
        try (var codebuild = new CodeBuildDouble(ServiceModel.of("codebuild"), state);
                var ecr = new EcrAtHand(MINISTACK.endpoint());
                var secrets = MINISTACK.secretsManager()) {
            var stack = deploy();
            var executed = executed(secrets);
            var endpoints = Map.of(
                    "AWS_ENDPOINT_URL", MINISTACK.endpoint().toString(),
                    "AWS_ENDPOINT_URL_CODEBUILD", codebuild.endpoint().toString(),
                    "AWS_ENDPOINT_URL_ECR", ecr.endpoint().toString(),
                    "SLEDGE_S3_PATH_STYLE", "true");
            var repository = GITEA.create("deployed", true);
            var git = TestRepository.create(directory, "deployed")
                    .write("Dockerfile", "FROM debian:trixie-slim\nCOPY hello /\nRUN cat /hello\n")
                    .write("hello", "hello\n")
                    .commit();
            git.git("push", "--quiet", GITEA.remote(repository), "HEAD:refs/heads/main");
            var commit = git.git("rev-parse", "HEAD");

            assertThat(deliver(stack, endpoints, repository, commit)).isEqualTo(202);
            takeUp(stack, endpoints);
            assertThat(state.projects()).hasSize(1);
            assertThat(state.builds()).hasSize(1);
            assertThat(statuses(repository, commit)).containsExactly("pending");

            var build = state.builds().getFirst();
            assertThat(change(stack, endpoints, executed)).isEqualTo("IN_PROGRESS");
            assertThat(change(stack, endpoints, executed)).isEqualTo("SUCCEEDED");

            assertThat(tags(build)).containsExactlyInAnyOrder("sha-" + commit, "b-main");
            var record = JSON.readTree(result(build, "record.json"));
            assertThat(record.path("outcome").asText()).isEqualTo("succeeded");
            assertThat(record.at("/steps/run").asInt()).isPositive();
            assertThat(record.path("phases").findValuesAsText("name")).contains("PRE_BUILD", "BUILD", "POST_BUILD");
            assertThat(record.at("/images/0/tags").toString()).contains("b-main");
            assertThat(statuses(repository, commit)).containsExactlyInAnyOrder("pending", "success");

            assertThat(deliver(stack, endpoints, repository, commit)).isEqualTo(202);
            takeUp(stack, endpoints);
            assertThat(state.builds()).hasSize(1);
            assertThat(codebuild.faults()).isEmpty();
            assertThat(ecr.faults()).isEmpty();
        }
    }

    /** With a Gitea alone, whose webhook's secret and token are put where the outputs say. */
    private static DeployedStack deploy() throws Exception {
        try (var s3 = MINISTACK.s3();
                var secrets = MINISTACK.secretsManager()) {
            s3.createBucket(create -> create.bucket("deployments"));
            var stack = DeployedStack.deploy(
                    MINISTACK.endpoint(),
                    "deployments",
                    Map.of("GitHubUrl", "", "GiteaUrl", GITEA.url().toString(), "CodeCommitRepositories", ""));
            var webhook = stack.environment(WebhookHandler.class).get("SLEDGE_WEBHOOK_SECRET_GITEA");
            var token = stack.environment(PushHandler.class).get("SLEDGE_TOKEN_GITEA");
            secrets.putSecretValue(put -> put.secretId(webhook).secretString("{\"octocat/*\":\"" + SECRET + "\"}"));
            secrets.putSecretValue(put -> put.secretId(token).secretString("{\"token\":\"" + GITEA.token() + "\"}"));
            return stack;
        }
    }

    private static JsonNode invoke(DeployedStack stack, Class<?> handler, Map<String, String> endpoints, JsonNode event)
            throws Exception {
        var environment = stack.environment(handler);
        environment.putAll(endpoints);
        return new FunctionProcess(handler, environment).invoke(event);
    }

    /** What the function URL hands on of a delivery of Gitea's; gives the status of the answer. */
    private static int deliver(DeployedStack stack, Map<String, String> endpoints, Repository repository, String commit)
            throws Exception {
        var payload = (ObjectNode)
                JSON.readTree(Path.of("events/gitea-push-branch.json").toFile());
        payload.put("after", commit);
        ((ObjectNode) payload.path("head_commit")).put("id", commit);
        ((ObjectNode) payload.path("repository")).put("full_name", repository.fullName());
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var signature = mac.doFinal(payload.toString().getBytes(StandardCharsets.UTF_8));
        var event = JSON.createObjectNode().put("version", "2.0").put("rawPath", "/hook/gitea");
        event.putObject("headers")
                .put("x-gitea-event", "push")
                .put("x-gitea-delivery", UUID.randomUUID().toString())
                .put("content-type", "application/json")
                .put("x-gitea-signature", HexFormat.of().formatHex(signature));
        event.putObject("requestContext").putObject("http").put("method", "POST");
        event.put("body", payload.toString()).put("isBase64Encoded", false);
        return invoke(stack, WebhookHandler.class, endpoints, event)
                .path("statusCode")
                .asInt();
    }

    /** What Lambda does with the queue: one message at a time, which is gone when the function does not give it back. */
    private static void takeUp(DeployedStack stack, Map<String, String> endpoints) throws Exception {
        var queue = stack.environment(WebhookHandler.class).get("SLEDGE_QUEUE_URL");
        try (var sqs = MINISTACK.sqs()) {
            var messages =
                    sqs.receiveMessage(receive -> receive.queueUrl(queue)).messages();
            assertThat(messages).hasSize(1);
            var message = messages.getFirst();
            var batch = JSON.createObjectNode();
            batch.putArray("Records")
                    .addObject()
                    .put("messageId", message.messageId())
                    .put("body", message.body());
            assertThat(invoke(stack, PushHandler.class, endpoints, batch).path("batchItemFailures"))
                    .isEmpty();
            sqs.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(message.receiptHandle()));
        }
    }

    private ExecutedBuilds executed(SecretsManagerClient secrets) {
        var services = SERVICES.get();
        services.expose(MINISTACK.endpoint().getPort());
        services.expose(GITEA.url().getPort());
        var rights = Map.of(
                "AWS_ENDPOINT_URL", MINISTACK.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test");
        return new ExecutedBuilds(state, services.builds(), DeployIT::plan, secrets, rights);
    }

    /** The function stores it when the build is started; a machine takes longer than that to come up. */
    private static BuildPlan plan(JsonNode build) {
        for (var tries = 0; tries < 300; tries++) {
            var plan = find(build, "plan.json");
            if (plan.isPresent()) {
                return PlanJson.read(plan.get());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        throw new IllegalStateException("no plan is stored of " + build.path("id"));
    }

    private static String result(JsonNode build, String name) {
        return find(build, name).orElseThrow();
    }

    /** A file among the results of the build. */
    private static Optional<String> find(JsonNode build, String name) {
        var bucket = variable(build, "SLEDGE_UPLOADS").replaceFirst("s3://([^/]+)/.*", "$1");
        try (var s3 = MINISTACK.s3()) {
            var key = s3
                    .listObjectsV2(list -> list.bucket(bucket).prefix(variable(build, "SLEDGE_RESULTS") + "/"))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .filter(each -> each.endsWith("/" + name))
                    .findFirst();
            return key.map(file ->
                    s3.getObjectAsBytes(get -> get.bucket(bucket).key(file)).asUtf8String());
        }
    }

    /** Hands the next change of a build's state to the function; gives the status that it tells. */
    private static String change(DeployedStack stack, Map<String, String> endpoints, ExecutedBuilds executed)
            throws Exception {
        var event = Objects.requireNonNull(executed.events().poll(5, TimeUnit.MINUTES), "no build changed its state");
        invoke(stack, BuildStateHandler.class, endpoints, event);
        return event.at("/detail/build-status").asText();
    }

    private static List<String> statuses(Repository repository, String commit) throws Exception {
        return GITEA.api("GET", "/repos/" + repository + "/commits/" + commit + "/statuses?sort=oldest", "")
                .findValuesAsText("status");
    }

    private static List<String> tags(JsonNode build) throws Exception {
        var image = variable(build, "SLEDGE_IMAGE").replaceFirst("[^/]*/", "");
        var list = HttpRequest.newBuilder(MINISTACK.endpoint().resolve("/v2/" + image + "/tags/list"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return JSON.readTree(http.send(list, BodyHandlers.ofString()).body())
                    .path("tags")
                    .valueStream()
                    .map(JsonNode::asText)
                    .toList();
        }
    }

    private static String variable(JsonNode build, String name) {
        return build.at("/environment/environmentVariables")
                .valueStream()
                .filter(variable -> variable.path("name").asText().equals(name))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElseThrow();
    }
}
