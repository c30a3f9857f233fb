package dev.sledge.lambda;

import dev.sledge.aws.BuildStack;
import dev.sledge.aws.CodeBuildBuilds;
import dev.sledge.aws.CodeCommitAccess;
import dev.sledge.aws.CodeCommitSources;
import dev.sledge.aws.EcrLogin;
import dev.sledge.aws.EcrRegistry;
import dev.sledge.aws.EcrRepositories;
import dev.sledge.aws.GitAccess;
import dev.sledge.aws.ProjectArns;
import dev.sledge.aws.S3Buildspecs;
import dev.sledge.aws.SecretsManagerTokens;
import dev.sledge.build.Asker;
import dev.sledge.build.Bucket;
import dev.sledge.build.BuildHistory;
import dev.sledge.event.Repository;
import dev.sledge.forge.Forges;
import dev.sledge.image.Platform;
import dev.sledge.pipeline.BuildStatuses;
import dev.sledge.pipeline.PushPipeline;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.BuildPlanner;
import dev.sledge.plan.Destination;
import dev.sledge.plan.Trust;
import dev.sledge.registry.OciRegistry;
import dev.sledge.source.Commits;
import dev.sledge.source.SourceFiles;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codecommit.CodeCommitClient;
import software.amazon.awssdk.services.ecr.EcrClient;

/** What the function that handles pushes is made of. */
final class PushWiring {
    /** The variable in which a build's git finds the forge's token. */
    private static final String GIT_TOKEN = "SLEDGE_GIT_TOKEN";

    private final ConfiguredForges forges;
    private final CodeCommitClient codecommit;
    private final CodeCommitAccess codecommitAccess;
    private final CodeBuildClient codebuild;
    private final BuildStack stack;
    private final S3Buildspecs buildspecs;
    private final Bucket bucket;
    private final EcrClient ecrClient;
    private final EcrLogin ecr;
    private final EcrRepositories repositories;
    private final String imagePrefix;
    private final List<Priming.Step> priming;

    private PushWiring(FunctionEnvironment environment) {
        var http = UrlConnectionHttpClient.create();
        this.forges = ConfiguredForges.of(environment, http);
        this.codecommit = CodeCommitClient.builder().httpClient(http).build();
        this.codecommitAccess = new CodeCommitAccess(codecommit);
        this.codebuild = CodeBuildClient.builder().httpClient(http).build();
        var client = EcrClient.builder().httpClient(http).build();
        this.ecrClient = client;
        this.ecr = new EcrLogin(client, Clock.systemUTC());
        this.repositories = new EcrRepositories(client);
        this.stack = stack(environment);
        this.imagePrefix = environment.value("SLEDGE_IMAGE_PREFIX").orElse("sledge");
        var results = new ResultsBucket(environment, http);
        this.bucket = results.bucket();
        this.buildspecs = results.buildspecs();
        this.priming = List.of(
                SamplePush::prime,
                () -> codebuild.batchGetProjects(get -> get.names(stack.prefix() + "-none")),
                () -> client.describeRepositories(describe -> describe.repositoryNames(imagePrefix + "/none")),
                () -> bucket.shared().read("heads/none"),
                forges::prime);
    }

    /**
     * Reads the environment that {@code template.yaml} gives: {@code SLEDGE_RESULTS_BUCKET}; what builds are like ({@code SLEDGE_PROJECT_PREFIX},
     * {@code SLEDGE_BUILD_IMAGE}, {@code SLEDGE_BUILD_PLATFORM}, {@code SLEDGE_COMPUTE_TYPE}, {@code SLEDGE_DOCKER_SERVER}, {@code SLEDGE_BASE_IMAGES}, {@code SLEDGE_BATCH_ROLE}, {@code SLEDGE_BUILD_ROLE},
     * {@code SLEDGE_BUILD_LOGS}, {@code SLEDGE_FORK_BUILD_ROLE}, {@code SLEDGE_FORK_BUILD_LOGS}); for each forge {@code SLEDGE_GITHUB_URL} (the site) and {@code SLEDGE_TOKEN_GITHUB} (the ARN of a secret).
     *
     * @throws IllegalStateException naming the variable that is missing or wrong
     */
    static PushWiring ofEnvironment(Map<String, String> variables) {
        return new PushWiring(new FunctionEnvironment(variables));
    }

    private static BuildStack stack(FunctionEnvironment environment) {
        var platform = environment.value("SLEDGE_BUILD_PLATFORM").orElse("linux/amd64");
        return new BuildStack(
                environment.required("SLEDGE_PROJECT_PREFIX"),
                platform.equals("linux/arm64") ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64,
                environment.required("SLEDGE_BUILD_IMAGE"),
                environment.required("SLEDGE_COMPUTE_TYPE"),
                environment.value("SLEDGE_DOCKER_SERVER").orElse(""),
                environment.required("SLEDGE_BATCH_ROLE"),
                environment.value("SLEDGE_BASE_IMAGES").orElse(""),
                Map.of(
                        Trust.TRUSTED, rights(environment, "SLEDGE_BUILD_"),
                        Trust.FORK, rights(environment, "SLEDGE_FORK_BUILD_")));
    }

    private static BuildStack.Rights rights(FunctionEnvironment environment, String prefix) {
        return new BuildStack.Rights(environment.required(prefix + "ROLE"), environment.required(prefix + "LOGS"));
    }

    /** What is used before the snapshot. */
    List<Priming.Step> priming() {
        return priming;
    }

    /** The pipeline for the events of one repository. */
    PushPipeline pipeline(Repository repository, Consumer<String> faults) {
        if (ConfiguredForges.isCodeCommit(repository)) {
            var sources = new CodeCommitSources(codecommit, repository.host());
            return pipeline(
                    sources,
                    sources,
                    (source, projects) -> codecommitAccess.access(source.repository(), source.trust(), projects),
                    BuildStatuses.toNobody());
        }
        var forges = this.forges.now();
        return pipeline(
                forges,
                forges,
                (source, projects) -> access(forges, source),
                new BuildStatuses(forges, Optional.empty(), faults));
    }

    private PushPipeline pipeline(
            SourceFiles files,
            Commits commits,
            BiFunction<BuildPlan.Source, ProjectArns, GitAccess> access,
            BuildStatuses statuses) {
        var registry = ecr.endpoint();
        return new PushPipeline(
                files,
                commits,
                new BuildPlanner(
                        new Destination(registry.getAuthority(), imagePrefix),
                        stack.platform(),
                        new BuildHistory(bucket.shared())::past),
                new CodeBuildBuilds(codebuild, repositories, stack, buildspecs, bucket.root(), access),
                bucket,
                new EcrRegistry(new OciRegistry(registry.getScheme(), ecr), ecrClient),
                Optional.empty(),
                Asker.FORGE,
                statuses);
    }

    /** A fork's build runs what anybody wrote: it gets no secret, not even to fetch with. */
    private GitAccess access(Forges known, BuildPlan.Source source) {
        var settings = known.gitEnvironment(source.repository(), GIT_TOKEN);
        if (settings.isEmpty() || source.trust() == Trust.FORK) {
            return GitAccess.ANONYMOUS;
        }
        return new GitAccess(
                settings, Map.of(GIT_TOKEN, forges.tokenId(source.repository()) + ":" + SecretsManagerTokens.TOKEN));
    }
}
