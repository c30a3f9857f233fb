package dev.sledge.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.aws.BuildStack.Rights;
import dev.sledge.build.Asker;
import dev.sledge.build.Bucket;
import dev.sledge.build.BuildNotStartedException;
import dev.sledge.build.Builds;
import dev.sledge.build.BuildsContract;
import dev.sledge.build.RegistryInMemory;
import dev.sledge.build.ResultFolder;
import dev.sledge.build.ResultsInMemory;
import dev.sledge.build.SharedFilesInMemory;
import dev.sledge.build.StartToken;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.image.Platform;
import dev.sledge.pipeline.BuildStatuses;
import dev.sledge.pipeline.PushOutcome;
import dev.sledge.pipeline.PushOutcome.ImageOutcome;
import dev.sledge.pipeline.PushPipeline;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.BuildPlanner;
import dev.sledge.plan.Destination;
import dev.sledge.plan.PastBuilds;
import dev.sledge.plan.Trust;
import dev.sledge.render.RenderedBuild;
import dev.sledge.source.FilesInMemory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.Tag;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Builds on a CodeBuild of our own, whose every request and answer AWS's model of the service allows. */
class CodeBuildIT extends BuildsContract {
    private static final String BUCKET = "sledge-results";
    private static final Repository REPOSITORY = new Repository("github.com", "octocat/Hello.World");
    private static final GitRef.Branch MAIN = new GitRef.Branch("main");
    private static final BuildStack STACK = new BuildStack(
            "sledge",
            Platform.LINUX_ARM64,
            "123456789012.dkr.ecr.us-east-1.amazonaws.com/sledge-build:1",
            "BUILD_GENERAL1_MEDIUM",
            "",
            "arn:aws:iam::123456789012:role/sledge-batches",
            "https://123456789012.dkr.ecr.us-east-1.amazonaws.com/sledge-base/docker",
            Map.of(
                    Trust.TRUSTED,
                    new Rights("arn:aws:iam::123456789012:role/sledge-trusted", "/aws/codebuild/sledge"),
                    Trust.FORK,
                    new Rights("arn:aws:iam::123456789012:role/sledge-fork", "/aws/codebuild/sledge-forks")));

    @RegisterExtension
    static final RunningMiniStack MINISTACK = new RunningMiniStack();

    private static ServiceModel model;
    private static S3Client s3;

    private Instant now = Instant.parse("2026-11-27T12:00:00Z");
    private final CodeBuildState state = new CodeBuildState(() -> now);
    private CodeBuildDouble service;
    private CodeBuildClient client;
    private EcrAtHand registry;
    private EcrClient ecr;
    private final FilesInMemory files = new FilesInMemory(REPOSITORY);
    private final ResultsInMemory results = new ResultsInMemory();
    private final Bucket bucket = new Bucket(results, new SharedFilesInMemory(), "s3://" + BUCKET);

    @BeforeAll
    static void readTheModel() throws Exception {
        model = ServiceModel.of("codebuild");
        s3 = MINISTACK.s3();
        s3.createBucket(create -> create.bucket(BUCKET));
    }

    @BeforeEach
    void start() throws Exception {
        service = new CodeBuildDouble(model, state);
        client = client(service.endpoint());
        registry = new EcrAtHand(MINISTACK.endpoint());
        ecr = Emulated.client(EcrClient.builder(), registry.endpoint());
    }

    /** Attempts are counted here: the client's own would hide them. */
    private static CodeBuildClient client(URI endpoint) {
        var builder = CodeBuildClient.builder()
                .overrideConfiguration(settings -> settings.retryStrategy(DefaultRetryStrategy.doNotRetry()));
        return Emulated.client(builder, endpoint);
    }

    @AfterEach
    void nothingWasSaidThatAwsDoesNotKnow() {
        client.close();
        ecr.close();
        registry.close();
        service.close();
        assertThat(service.faults()).isEmpty();
        assertThat(registry.faults()).isEmpty();
    }

    @Override
    protected Builds builds() {
        return builds(STACK);
    }

    private Builds builds(BuildStack stack) {
        return new CodeBuildBuilds(
                client,
                new EcrRepositories(ecr),
                stack,
                new S3Buildspecs(s3, BUCKET, "aws"),
                "s3://sledge-results",
                (source, projects) -> GitAccess.ANONYMOUS);
    }

    private List<ImageOutcome> push(BuildStack stack, CommitId commit) {
        return push(stack, new Pushed(REPOSITORY, MAIN, new Before.Nothing(), commit, MAIN));
    }

    private List<ImageOutcome> push(Pushed push) {
        return push(STACK, push);
    }

    private List<ImageOutcome> push(BuildStack stack, Pushed push) {
        var planner = new BuildPlanner(
                new Destination("123456789012.dkr.ecr.us-east-1.amazonaws.com", "sledge"),
                stack.platform(),
                image -> PastBuilds.none());
        var outcome = new PushPipeline(
                        files,
                        files,
                        planner,
                        builds(stack),
                        bucket,
                        new RegistryInMemory(),
                        Optional.empty(),
                        Asker.FORGE,
                        BuildStatuses.toNobody())
                .handle(push);
        if (outcome instanceof PushOutcome.Planned(var images, var warnings)) return images;
        throw new AssertionError(outcome);
    }

    private CommitId commit(String text) {
        return files.commitText(Map.of("Dockerfile", "FROM scratch\nCOPY a /\nLABEL text=\"" + text + "\"\n"));
    }

    private CommitId cachedBy(String kind) {
        return files.commitText(
                Map.of("Dockerfile", "FROM scratch\nCOPY a /\n", "sledge.yml", "cache: " + kind + "\n"));
    }

    @Test
    void aProjectIsMadeWhenItIsFirstUsedAndThenLeftAlone() {
        push(STACK, commit("one"));
        assertThat(service.calls()).containsExactly("BatchGetProjects", "CreateProject", "StartBuild");
        push(STACK, commit("two"));
        assertThat(service.calls().subList(3, 5)).containsExactly("BatchGetProjects", "StartBuild");

        var project = state.projects().values().iterator().next();
        assertThat(project.path("name").asText()).matches("sledge-octocat-Hello-World-[0-9a-f]{10}");
        assertThat(project.at("/environment/type").asText()).isEqualTo("ARM_CONTAINER");
        assertThat(project.at("/environment/privilegedMode").asBoolean()).isTrue();
        assertThat(project.at("/environment/imagePullCredentialsType").asText()).isEqualTo("SERVICE_ROLE");
        assertThat(project.path("serviceRole").asText()).endsWith("role/sledge-trusted");
        assertThat(project.at("/source/type").asText()).isEqualTo("NO_SOURCE");
        assertThat(project.at("/buildBatchConfig/serviceRole").asText()).endsWith("role/sledge-batches");
    }

    @Test
    void aCacheInS3LiesInTheFolderOfTheProjectThatMayWriteIt() {
        push(STACK, cachedBy("layout"));
        var project = state.projects().values().iterator().next().path("arn").asText();
        var variables = state.builds()
                .getFirst()
                .at("/environment/environmentVariables")
                .toString();
        assertThat(variables)
                .contains("{\"name\":\"SLEDGE_CACHE_ROOT\",\"value\":\"s3://sledge-results/cache/" + project + "\"")
                .contains("{\"name\":\"SLEDGE_CACHE_PUBLIC\",\"value\":\"true\"");
    }

    @Test
    void whatTheMachineKeepsIsAskedForOfCodeBuild() {
        push(STACK, cachedBy("host"));
        assertThat(state.builds().getFirst().path("cache").toString())
                .isEqualTo("{\"type\":\"LOCAL\",\"modes\":[\"LOCAL_DOCKER_LAYER_CACHE\"]}");
    }

    @Test
    void anEngineThatIsKeptIsForTrustedBuildsAlone() {
        var kept = new BuildStack(
                STACK.prefix(),
                STACK.platform(),
                STACK.image(),
                STACK.computeType(),
                "BUILD_GENERAL1_SMALL",
                STACK.batchRole(),
                STACK.baseImages(),
                STACK.rights());
        push(kept, commit("one"));
        var project = state.projects().values().iterator().next();
        assertThat(project.at("/environment/dockerServer/computeType").asText()).isEqualTo("BUILD_GENERAL1_SMALL");
        var forks = new BuildProject("sledge-forks", REPOSITORY, Trust.FORK, kept).create();
        assertThat(forks.environment().dockerServer()).isNull();
    }

    @Test
    void aProjectIsChangedOnceWhenItsSettingsDid() {
        push(STACK, commit("one"));
        var larger = new BuildStack(
                "sledge",
                Platform.LINUX_AMD64,
                "aws/codebuild/standard:7.0",
                "BUILD_GENERAL1_LARGE",
                "",
                STACK.batchRole(),
                STACK.baseImages(),
                STACK.rights());
        push(larger, commit("two"));
        push(larger, commit("three"));
        assertThat(service.calls()).containsOnlyOnce("UpdateProject").containsOnlyOnce("CreateProject");
        var project = state.projects().values().iterator().next();
        assertThat(project.at("/environment/computeType").asText()).isEqualTo("BUILD_GENERAL1_LARGE");
        assertThat(project.at("/environment/imagePullCredentialsType").asText()).isEqualTo("CODEBUILD");
    }

    @Test
    void aBuildIsWhatItsPlanRendersTo() {
        var commit = commit("one");
        var image = push(STACK, commit).getFirst();
        var build = state.builds().getFirst();
        assertThat(image.build().id()).isEqualTo(build.path("id").asText());
        assertThat(build.at("/source/buildspec").asText()).startsWith("version: '0.2'");
        assertThat(build.at("/environment/environmentVariables").toString())
                .contains("{\"name\":\"SLEDGE_COMMIT\",\"value\":\"" + commit + "\",\"type\":\"PLAINTEXT\"}");
        assertThat(build.path("timeoutInMinutes").asInt())
                .isEqualTo(image.plan().timeout().minutes());
    }

    @Test
    void theSecondPushOfTheSameCommitStartsNothing() {
        var commit = commit("one");
        push(STACK, commit);
        assertThat(push(STACK, commit)).hasOnlyElementsOfType(ImageOutcome.RunsAlready.class);
        assertThat(state.builds()).hasSize(1);
    }

    @ParameterizedTest(name = "{0} answers {1}: {2}")
    @CsvSource(textBlock = """
            BatchGetProjects, ThrottlingException, Rate exceeded
            BatchGetProjects, InvalidInputException, User is not authorized to perform: codebuild:BatchGetProjects
            CreateProject, ThrottlingException, Rate exceeded
            CreateProject, AccountLimitExceededException, Cannot have more than 5000 projects for the account
            CreateProject, InvalidInputException, CodeBuild is not authorized to perform: sts:AssumeRole on service role
            CreateProject, ResourceAlreadyExistsException, Project already exists
            StartBuild, ThrottlingException, Rate exceeded
            StartBuild, AccountLimitExceededException, Cannot have more than 5 builds in queue for the account
            StartBuild, InvalidInputException, CodeBuild is not authorized to perform: sts:AssumeRole on service role
            StartBuild, ResourceNotFoundException, Project cannot be found
            """)
    void whateverIsRefusedOneBuildComesOfIt(String operation, String error, String message) {
        service.refuseNext(operation, error, message);
        oneBuildComesOf(commit("one"));
    }

    @ParameterizedTest
    @CsvSource({"BatchGetProjects", "CreateProject", "StartBuild"})
    void whateverAnswerIsLostOneBuildComesOfIt(String operation) {
        service.loseNextAnswer(operation);
        oneBuildComesOf(commit("one"));
    }

    /** Handles a push as the queue does: again until it is done. */
    private void oneBuildComesOf(CommitId commit) {
        for (var attempt = 1; attempt <= 3; attempt++) {
            try {
                var image = push(STACK, commit).getFirst();
                assertThat(state.builds()).hasSize(1);
                assertThat(results.get(ResultFolder.of(image.plan(), image.build()), "plan.json"))
                        .isPresent();
                assertThat(push(STACK, commit)).hasOnlyElementsOfType(ImageOutcome.RunsAlready.class);
                return;
            } catch (BuildNotStartedException e) {
                assertThat(e).hasMessageStartingWith("CodeBuild ");
            }
        }
        throw new AssertionError("no build came of it");
    }

    @Test
    void aStartIsFoundAgainWhenCodeBuildHasForgottenItsToken() {
        var commit = commit("one");
        service.loseNextAnswer("StartBuild");
        assertThatExceptionOfType(BuildNotStartedException.class).isThrownBy(() -> push(STACK, commit));
        now = now.plus(Duration.ofHours(3));
        oneBuildComesOf(commit);
    }

    @Test
    void aDeploymentBetweenTwoAttemptsMakesNoSecondBuild() {
        var token = new StartToken("f".repeat(64));
        var first = builds().start(plan(), new RenderedBuild("version: 0.2\n", Map.of("A", "1")), token);
        assertThat(builds().start(plan(), new RenderedBuild("version: 0.2\n", Map.of("A", "2")), token))
                .isEqualTo(first);
        assertThat(state.builds()).hasSize(1);
    }

    @Test
    void aFullQueueIsSaidAndTriedAgain() {
        state.limitQueue(1);
        push(STACK, commit("one"));
        var second = commit("two");
        assertThatExceptionOfType(BuildNotStartedException.class)
                .isThrownBy(() -> push(STACK, second))
                .withMessageContaining("Cannot have more than 1 builds in queue");
        state.end(state.builds().getFirst().path("id").asText(), "SUCCEEDED");
        assertThat(push(STACK, second)).hasOnlyElementsOfType(ImageOutcome.Started.class);
    }

    @Test
    void aLongBuildspecLiesInTheBucket() {
        var images = new StringBuilder("images:\n  - name: web\n    args:\n");
        for (var i = 0; i < 700; i++) {
            images.append("      ARGUMENT_NUMBER_").append(i).append(": \"x\"\n");
        }
        push(STACK, files.commitText(Map.of("Dockerfile", "FROM scratch\n", "sledge.yml", images.toString())));
        var buildspec = state.builds().getFirst().at("/source/buildspec").asText();
        assertThat(buildspec).matches("arn:aws:s3:::sledge-results/buildspecs/trusted/[0-9a-f]{64}\\.yml");
        var key = buildspec.substring(buildspec.indexOf('/') + 1);
        assertThat(s3.getObjectAsBytes(get -> get.bucket(BUCKET).key(key)).asUtf8String())
                .contains("ARGUMENT_NUMBER_699")
                .hasSizeGreaterThan(S3Buildspecs.LONGEST_INLINE);
    }

    @Test
    void aBuildThatANewerPushMadeNeedlessIsStopped() {
        var feature = new GitRef.Branch("feature");
        var older = commit("one");
        push(new Pushed(REPOSITORY, feature, new Before.Nothing(), older, MAIN));
        push(new Pushed(REPOSITORY, feature, new Before.At(older), commit("two"), MAIN));
        assertThat(state.builds())
                .extracting(build -> build.path("buildStatus").asText())
                .containsExactly("STOPPED", "IN_PROGRESS");
    }

    private software.amazon.awssdk.services.ecr.model.Repository repository(String path) {
        return ecr.describeRepositories(describe -> describe.repositoryNames(path))
                .repositories()
                .getFirst();
    }

    private Map<String, String> tags(String path) {
        var arn = repository(path).repositoryArn();
        var tags = new HashMap<String, String>();
        ecr.listTagsForResource(list -> list.resourceArn(arn)).tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    @Test
    void repositoriesAreMadeBeforeTheBuildAndAreItsProjects() {
        var image =
                push(STACK, commit("one")).getFirst().plan().output().image().path();
        var cache = image.replaceFirst("sledge/", "sledge-cache/");
        var project = state.projects().values().iterator().next().path("arn").asText();
        for (var path : List.of(image, cache)) {
            assertThat(tags(path)).containsEntry("sledge:project", project);
            assertThat(tags(path).get("sledge:fork-project"))
                    .matches("arn:aws:codebuild:.*:project/sledge-octocat-Hello-World-[0-9a-f]{10}")
                    .isNotEqualTo(project);
            assertThat(ecr.getLifecyclePolicy(get -> get.repositoryName(path)).lifecyclePolicyText())
                    .contains("rulePriority");
        }
        assertThat(repository(image).imageTagMutabilityAsString()).isEqualTo("IMMUTABLE_WITH_EXCLUSION");
        assertThat(repository(cache).imageTagMutabilityAsString()).isEqualTo("MUTABLE");
    }

    @Test
    void aRepositoryThatWasNotMadeToItsEndIsSeenToByTheNextPush() {
        var image =
                push(STACK, commit("one")).getFirst().plan().output().image().path();
        var arn = repository(image).repositoryArn();
        ecr.untagResource(untag -> untag.resourceArn(arn).tagKeys("sledge:project"));
        ecr.deleteLifecyclePolicy(delete -> delete.repositoryName(image));
        push(STACK, commit("two"));
        assertThat(tags(image)).containsKey("sledge:project");
        assertThat(ecr.getLifecyclePolicy(get -> get.repositoryName(image)).lifecyclePolicyText())
                .contains("rulePriority");
    }

    /** It knows neither tokens nor overrides, but it is not ours. */
    @Test
    void anotherEmulatorTakesTheSameRequests() {
        try (var other = client(MINISTACK.endpoint())) {
            var builds = new CodeBuildBuilds(
                    other,
                    new EcrRepositories(ecr),
                    STACK,
                    new S3Buildspecs(s3, BUCKET, "aws"),
                    "s3://sledge-results",
                    (source, projects) -> GitAccess.ANONYMOUS);
            var build = new RenderedBuild("version: 0.2\n", Map.of("A", "1"));
            var first = builds.start(plan(), build, new StartToken("1".repeat(64)));
            var second = builds.start(plan(), build, new StartToken("2".repeat(64)));
            assertThat(other.batchGetBuilds(get -> get.ids(first.id(), second.id()))
                            .builds())
                    .hasSize(2);
            var name = BuildProject.of(plan(), STACK).name();
            assertThat(other.batchGetProjects(get -> get.names(name))
                            .projects()
                            .getFirst()
                            .tags())
                    .contains(Tag.builder()
                            .key("sledge:settings")
                            .value(BuildProject.of(plan(), STACK).settings())
                            .build());
        }
    }

    @Test
    void noTwoRepositoriesShareAProjectWhateverTheirNamesAre() {
        var random = new Random(7);
        var alphabet = "abcXYZ019._-/~ äß日🚀".codePoints().toArray();
        var names = new HashSet<String>();
        var repositories = new ArrayList<Repository>();
        for (var i = 0; i < 300; i++) {
            var name = new StringBuilder("o/");
            for (var length = 1 + random.nextInt(i < 290 ? 30 : 398); length > 0; length--) {
                name.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
            }
            try {
                repositories.add(new Repository("git.example.com", name.toString()));
            } catch (IllegalArgumentException e) {
                // No repository has that name.
            }
        }
        for (var repository : new HashSet<>(repositories)) {
            for (var trust : Trust.values()) {
                var plan = plan();
                var source = new BuildPlan.Source(
                        repository,
                        plan.source().ref(),
                        plan.source().commit(),
                        plan.source().remote(),
                        trust);
                var project = BuildProject.of(
                        new BuildPlan(
                                source,
                                plan.output(),
                                plan.recipe(),
                                plan.stages(),
                                plan.images(),
                                plan.cache(),
                                plan.decision(),
                                plan.mounts(),
                                plan.experience(),
                                plan.timeout()),
                        STACK);
                assertThat(names.add(project.name())).isTrue();
                client.createProject(project.create());
            }
        }
        assertThat(names).hasSizeGreaterThan(300);
    }
}
