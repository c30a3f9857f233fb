package dev.sledge.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.aws.CodeBuildDouble;
import dev.sledge.aws.CodeBuildState;
import dev.sledge.aws.EcrAtHand;
import dev.sledge.aws.EventJson;
import dev.sledge.aws.RunningMiniStack;
import dev.sledge.aws.ServiceModel;
import dev.sledge.cli.TestRepository;
import dev.sledge.event.CommitId;
import dev.sledge.event.Forge;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.forge.RunningGitea;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The functions behind the queue as they are deployed, with a real forge: a push is handled, and the end of its build. */
class FunctionsIT {
    private static final String BUCKET = "sledge-results";

    /** Of an image without a layer. */
    private static final String MANIFEST = """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json","size":2,
              "digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"},"layers":[]}""";

    @RegisterExtension
    static final RunningMiniStack MINISTACK = new RunningMiniStack();

    @RegisterExtension
    static final RunningGitea GITEA = new RunningGitea();

    private static ServiceModel model;
    private static String token = "";

    @TempDir
    Path directory;

    private final CodeBuildState state = new CodeBuildState(InstantSource.system());
    private CodeBuildDouble codebuild;
    private EcrAtHand ecr;
    private Repository repository;
    private TestRepository git;

    @BeforeAll
    static void deploy() throws Exception {
        model = ServiceModel.of("codebuild");
        try (var s3 = MINISTACK.s3();
                var secrets = MINISTACK.secretsManager()) {
            s3.createBucket(create -> create.bucket(BUCKET));
            token = secrets.createSecret(
                            create -> create.name("gitea").secretString("{\"token\":\"" + GITEA.token() + "\"}"))
                    .arn();
        }
    }

    @BeforeEach
    void start() throws Exception {
        codebuild = new CodeBuildDouble(model, state);
        ecr = new EcrAtHand(MINISTACK.endpoint());
        var name = "app" + UUID.randomUUID().toString().substring(0, 8);
        repository = GITEA.create(name, true);
        git = TestRepository.create(directory, name);
    }

    @AfterEach
    void stop() {
        codebuild.close();
        ecr.close();
        assertThat(codebuild.faults()).isEmpty();
        assertThat(ecr.faults()).isEmpty();
    }

    private CommitId push(String dockerfile) throws Exception {
        git.write("Dockerfile", dockerfile).commit();
        git.git("push", "--quiet", GITEA.remote(repository), "HEAD:refs/heads/main");
        return new CommitId(git.git("rev-parse", "HEAD"));
    }

    private Pushed event(CommitId commit) {
        var main = new GitRef.Branch("main");
        return new Pushed(
                new Repository(Forge.host(GITEA.url()), repository.fullName()),
                main,
                new Before.Nothing(),
                commit,
                main);
    }

    /** What SQS invokes the function with; gives the messages that are to come again. */
    private List<String> handle(Pushed... events) throws Exception {
        var batch = new JsonMapper().createObjectNode();
        var records = batch.putArray("Records");
        for (var event : events) {
            records.addObject().put("messageId", "m" + records.size()).put("body", EventJson.write(event));
        }
        return new FunctionProcess(PushHandler.class, environment())
                .invoke(batch)
                .path("batchItemFailures")
                .findValuesAsText("itemIdentifier");
    }

    private Map<String, String> environment() {
        var environment = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL", MINISTACK.endpoint().toString(),
                "AWS_ENDPOINT_URL_CODEBUILD", codebuild.endpoint().toString(),
                "AWS_ENDPOINT_URL_ECR", ecr.endpoint().toString(),
                "SLEDGE_S3_PATH_STYLE", "true",
                "SLEDGE_RESULTS_BUCKET", BUCKET,
                "SLEDGE_PROJECT_PREFIX", "sledge",
                "SLEDGE_BUILD_IMAGE", "aws/codebuild/amazonlinux-x86_64-standard:5.0",
                "SLEDGE_COMPUTE_TYPE", "BUILD_GENERAL1_SMALL",
                "SLEDGE_BUILD_LOGS", "/aws/codebuild/sledge"));
        environment.put("SLEDGE_BATCH_ROLE", "arn:aws:iam::123456789012:role/sledge-batches");
        environment.put("SLEDGE_BUILD_ROLE", "arn:aws:iam::123456789012:role/sledge-trusted");
        environment.put("SLEDGE_FORK_BUILD_LOGS", "/aws/codebuild/sledge-forks");
        environment.put("SLEDGE_FORK_BUILD_ROLE", "arn:aws:iam::123456789012:role/sledge-fork");
        environment.put("SLEDGE_GITEA_URL", GITEA.url().toString());
        environment.put("SLEDGE_TOKEN_GITEA", token);
        return environment;
    }

    /** What EventBridge invokes the function with; of all it says only the build's name counts. */
    private void changed(JsonNode build, String status) throws Exception {
        var event = (ObjectNode) new JsonMapper()
                .readTree(Path.of("events/functions/build-state-change.json").toFile());
        ((ObjectNode) event.path("detail"))
                .put("build-id", build.path("arn").asText())
                .put("build-status", status);
        new FunctionProcess(BuildStateHandler.class, environment()).invoke(event);
    }

    /** The build that a push came to, ended; its image is in the registry if it succeeded. */
    private JsonNode ended(CommitId commit, String status) {
        var build = state.builds().getLast();
        if (status.equals("SUCCEEDED")) {
            try (var client = MINISTACK.ecr()) {
                client.putImage(put ->
                        put.repositoryName(path(build)).imageManifest(MANIFEST).imageTag("sha-" + commit));
            }
        }
        state.end(build.path("id").asText(), status);
        return build;
    }

    /** The tags that name one image, as the registry itself gives them; MiniStack's ListImages has one tag an image. */
    private static List<String> tags(JsonNode build) throws Exception {
        var list = HttpRequest.newBuilder(MINISTACK.endpoint().resolve("/v2/" + path(build) + "/tags/list"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var tags = new JsonMapper()
                    .readTree(http.send(list, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .path("tags");
            return tags.valueStream().map(JsonNode::asText).toList();
        }
    }

    /** The repository of a build's image in the registry. */
    private static String path(JsonNode build) {
        return variable(build, "SLEDGE_IMAGE").replaceFirst("[^/]*/", "");
    }

    private static String variable(JsonNode build, String name) {
        return Objects.requireNonNull(variables(build, "PLAINTEXT").get(name));
    }

    private static Optional<JsonNode> record(JsonNode build) throws Exception {
        var folder = variable(build, "SLEDGE_RESULTS");
        var key = folder + "/" + build.path("buildNumber") + "-" + variable(build, "SLEDGE_COMMIT") + "/record.json";
        try (var s3 = MINISTACK.s3()) {
            return Optional.of(new JsonMapper()
                    .readTree(s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(key))
                            .asByteArray()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /** The keys of what is kept of this test's repository. */
    private List<String> results() {
        try (var s3 = MINISTACK.s3()) {
            return s3.listObjectsV2(list -> list.bucket(BUCKET).prefix("results/")).contents().stream()
                    .map(S3Object::key)
                    .filter(key -> key.contains("/" + repository.fullName() + "/"))
                    .toList();
        }
    }

    private List<String> statuses(CommitId commit) throws Exception {
        return GITEA.api("GET", "/repos/" + repository + "/commits/" + commit + "/statuses?sort=oldest", "")
                .findValuesAsText("status");
    }

    private static Map<String, String> variables(JsonNode build, String type) {
        var variables = new HashMap<String, String>();
        for (var variable : build.at("/environment/environmentVariables")) {
            if (variable.path("type").asText().equals(type)) {
                variables.put(
                        variable.path("name").asText(), variable.path("value").asText());
            }
        }
        return variables;
    }

    @Test
    void aPushStartsABuildAndTheForgeHearsOfIt() throws Exception {
        var commit = push("FROM scratch\nCOPY Dockerfile /\n");
        assertThat(handle(event(commit))).isEmpty();

        var build = state.builds().getFirst();
        var plain = variables(build, "PLAINTEXT");
        assertThat(plain)
                .containsEntry("SLEDGE_COMMIT", commit.hex())
                .containsEntry("SLEDGE_REMOTE", GITEA.url() + "/" + repository + ".git");
        // What a build fetches with is a reference, whose value only CodeBuild reads.
        assertThat(variables(build, "SECRETS_MANAGER")).containsOnly(Map.entry("SLEDGE_GIT_TOKEN", token + ":token"));
        assertThat(build.toString()).doesNotContain(GITEA.token());
        assertThat(statuses(commit)).containsExactly("pending");
        assertThat(results()).anyMatch(key -> key.endsWith("/1-" + commit + "/plan.json"));

        // SQS delivers at least once.
        assertThat(handle(event(commit))).isEmpty();
        assertThat(state.builds()).hasSize(1);
    }

    /** An event that asks for nothing, so that whatever is called is called before it. */
    @Test
    void whatAnEventUsesIsUsedBeforeTheSnapshot() throws Exception {
        assertThat(handle()).isEmpty();
        assertThat(codebuild.calls()).containsExactly("BatchGetProjects");
    }

    @Test
    void whatCannotBeBuiltIsSaidAtTheCommitAndNotTriedAgain() throws Exception {
        var commit = push("FORM scratch\n");
        assertThat(handle(event(commit))).isEmpty();
        assertThat(state.builds()).isEmpty();
        assertThat(statuses(commit)).containsExactly("failure");
    }

    @Test
    void whatCodeBuildRefusesComesAgainAndAllAfterIt() throws Exception {
        var first = push("FROM scratch\nCOPY Dockerfile /\n");
        var second = push("FROM scratch\nCOPY Dockerfile /again\n");
        codebuild.refuseNext("StartBuild", "AccountLimitExceededException", "Cannot have more than 0 builds in queue");
        assertThat(handle(event(first), event(second))).containsExactly("m1", "m2");
        assertThat(state.builds()).isEmpty();

        assertThat(handle(event(first), event(second))).isEmpty();
        assertThat(state.builds()).hasSize(2);
    }

    @Test
    void theEndOfABuildBecomesARecordATagAndAStatus() throws Exception {
        var commit = push("FROM scratch\nCOPY Dockerfile /\n");
        handle(event(commit));
        changed(state.builds().getFirst(), "IN_PROGRESS");
        assertThat(record(state.builds().getFirst())).isEmpty();

        var build = ended(commit, "SUCCEEDED");
        // The order in which events arrive means nothing.
        changed(build, "IN_PROGRESS");
        var record = record(build).orElseThrow();
        assertThat(record.path("outcome").asText()).isEqualTo("succeeded");
        assertThat(record.path("build").asText()).isEqualTo(build.path("id").asText());
        assertThat(record.at("/images/0/tags").toString()).isEqualTo("[\"sha-" + commit + "\",\"b-main\"]");
        assertThat(tags(build)).containsExactlyInAnyOrder("sha-" + commit, "b-main");
        assertThat(statuses(commit)).containsExactlyInAnyOrder("pending", "success");

        changed(build, "SUCCEEDED");
        assertThat(record(build)).contains(record);
        assertThat(handle(event(commit))).isEmpty();
        assertThat(state.builds()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "STOPPED, stopped, error",
        "FAULT, fault, error",
        "TIMED_OUT, timed_out, error",
        "FAILED, failed, failure"
    })
    void whateverEndsABuildIsRecordedAndTold(String status, String outcome, String told) throws Exception {
        var commit = push("FROM scratch\nCOPY Dockerfile /\n");
        handle(event(commit));
        var build = ended(commit, status);
        changed(build, status);
        var record = record(build).orElseThrow();
        assertThat(record.path("outcome").asText()).isEqualTo(outcome);
        assertThat(record.at("/phases/0/message").asText()).isEqualTo("it is " + status);
        assertThat(statuses(commit)).containsExactlyInAnyOrder("pending", told);

        // Told again by the forge, it is tried again.
        handle(event(commit));
        assertThat(state.builds()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBuildThatIsStartedAgainHasARecordOfItsOwn(boolean byItself) throws Exception {
        var commit = push("FROM scratch\nCOPY Dockerfile /\n");
        handle(event(commit));
        var first = ended(commit, "FAULT");
        state.retry(first.path("id").asText(), byItself);
        changed(first, "FAULT");
        // What CodeBuild tries again by itself has not ended yet.
        assertThat(record(first).isPresent()).isEqualTo(!byItself);

        var second = ended(commit, "SUCCEEDED");
        assertThat(second.path("buildNumber").asInt()).isEqualTo(2);
        changed(second, "SUCCEEDED");
        assertThat(record(second).orElseThrow().path("outcome").asText()).isEqualTo("succeeded");
        assertThat(tags(second)).containsExactlyInAnyOrder("sha-" + commit, "b-main");
        assertThat(statuses(commit)).contains("success");
    }

    private void leftAlone(ObjectNode request) throws Exception {
        var theirs = state.call("StartBuild", request).path("build");
        state.end(theirs.path("id").asText(), "FAILED");
        changed(theirs, "FAILED");
    }

    @Test
    void aBuildOfSomebodyElsesIsLeftAlone() throws Exception {
        handle(event(push("FROM scratch\nCOPY Dockerfile /\n")));
        var project = state.builds().getFirst().path("projectName").asText();
        leftAlone(new JsonMapper().createObjectNode().put("projectName", project));

        // Another deployment's, whose prefix begins with ours.
        var request = new JsonMapper().createObjectNode().put("projectName", project);
        var variables = request.putArray("environmentVariablesOverride");
        variables.addObject().put("name", "SLEDGE_COMMIT").put("value", "1".repeat(40));
        variables.addObject().put("name", "SLEDGE_RESULTS").put("value", "results/sledge/x/b-main");
        variables.addObject().put("name", "SLEDGE_UPLOADS").put("value", "s3://theirs/uploads");
        leftAlone(request);
        assertThat(results()).isNotEmpty().noneMatch(key -> key.contains("/2-"));
    }
}
