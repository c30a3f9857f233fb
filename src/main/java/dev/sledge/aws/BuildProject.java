package dev.sledge.aws;

import dev.sledge.event.Repository;
import dev.sledge.image.Digest;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Trust;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.codebuild.model.ArtifactsType;
import software.amazon.awssdk.services.codebuild.model.CreateProjectRequest;
import software.amazon.awssdk.services.codebuild.model.LogsConfig;
import software.amazon.awssdk.services.codebuild.model.LogsConfigStatusType;
import software.amazon.awssdk.services.codebuild.model.ProjectArtifacts;
import software.amazon.awssdk.services.codebuild.model.ProjectBuildBatchConfig;
import software.amazon.awssdk.services.codebuild.model.ProjectEnvironment;
import software.amazon.awssdk.services.codebuild.model.ProjectSource;
import software.amazon.awssdk.services.codebuild.model.SourceType;
import software.amazon.awssdk.services.codebuild.model.Tag;
import software.amazon.awssdk.services.codebuild.model.UpdateProjectRequest;

/**
 * The CodeBuild project of one repository and trust class. It holds what all their builds have in common; what varies is said when one is
 * started.
 *
 * @param name {@code <prefix>-<repository>-<10 hex digits>}, at most 150 characters; no two repositories and trust classes share one
 */
record BuildProject(String name, Repository repository, Trust trust, BuildStack stack) {
    /** Carries the hash of the settings, so that a project is updated only if they changed. */
    static final String SETTINGS_TAG = "sledge:settings";

    private static final int READABLE = 90;
    private static final int TIMEOUT_IN_MINUTES = 60;
    private static final int QUEUED_TIMEOUT_IN_MINUTES = 480;
    private static final int MOST_BUILDS_OF_A_BATCH = 20;

    /** Without a source a project has to have one; a build that is started without Sledge says so and fails. */
    private static final String NO_BUILDSPEC = """
            version: 0.2
            phases:
              build:
                commands:
                  - echo "Sledge starts the builds of this project; push to its repository, or have the forge deliver its event again"
                  - exit 1
            """;

    static BuildProject of(BuildPlan plan, BuildStack stack) {
        return of(plan.source().repository(), plan.source().trust(), stack);
    }

    private static BuildProject of(Repository repository, Trust trust, BuildStack stack) {
        var slug = repository.fullName().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        var readable = slug.substring(0, Math.min(READABLE, slug.length()));
        var whole = repository.host() + "\n" + repository.fullName() + "\n" + trust;
        var name = stack.prefix() + "-" + (readable.isEmpty() ? "x" : readable) + "-"
                + Digest.of(whole).hex().substring(0, 10);
        return new BuildProject(name, repository, trust, stack);
    }

    /** @param arn this project's */
    ProjectArns arns(String arn) {
        return new ProjectArns(arnOf(Trust.TRUSTED, arn), arnOf(Trust.FORK, arn));
    }

    private String arnOf(Trust other, String arn) {
        return arn.substring(0, arn.lastIndexOf('/') + 1)
                + of(repository, other, stack).name();
    }

    CreateProjectRequest create() {
        return CreateProjectRequest.builder()
                .name(name)
                .description(description())
                .source(source())
                .artifacts(artifacts())
                .environment(environment())
                .serviceRole(role())
                .timeoutInMinutes(TIMEOUT_IN_MINUTES)
                .queuedTimeoutInMinutes(QUEUED_TIMEOUT_IN_MINUTES)
                .logsConfig(logs())
                .buildBatchConfig(batches())
                .tags(tags())
                .build();
    }

    UpdateProjectRequest update() {
        return UpdateProjectRequest.builder()
                .name(name)
                .description(description())
                .source(source())
                .artifacts(artifacts())
                .environment(environment())
                .serviceRole(role())
                .timeoutInMinutes(TIMEOUT_IN_MINUTES)
                .queuedTimeoutInMinutes(QUEUED_TIMEOUT_IN_MINUTES)
                .logsConfig(logs())
                .buildBatchConfig(batches())
                .tags(tags())
                .build();
    }

    /** 32 hex digits that change with any setting. */
    String settings() {
        return Digest.of(String.join(
                        "\n",
                        description(),
                        NO_BUILDSPEC,
                        stack.image(),
                        stack.computeType(),
                        stack.dockerServer(),
                        environment().typeAsString(),
                        environment().imagePullCredentialsTypeAsString(),
                        role(),
                        stack.rights(trust).logGroup(),
                        batches().toString(),
                        TIMEOUT_IN_MINUTES + " " + QUEUED_TIMEOUT_IN_MINUTES))
                .hex()
                .substring(0, 32);
    }

    private String description() {
        var text = "Images of " + repository.host() + "/" + repository.fullName() + ", built by Sledge"
                + switch (trust) {
                    case TRUSTED -> "";
                    case FORK -> " for pull requests of forks";
                };
        return text.substring(0, Math.min(255, text.length()));
    }

    /** The buildspec fetches the commit itself, alike from every forge. */
    private static ProjectSource source() {
        return ProjectSource.builder()
                .type(SourceType.NO_SOURCE)
                .buildspec(NO_BUILDSPEC)
                .build();
    }

    private static ProjectArtifacts artifacts() {
        return ProjectArtifacts.builder().type(ArtifactsType.NO_ARTIFACTS).build();
    }

    /** @see <a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_DockerServer.html">DockerServer</a> */
    private ProjectEnvironment environment() {
        var environment = ProjectEnvironment.builder()
                .type(stack.environmentType())
                .image(stack.image())
                .computeType(stack.computeType())
                .privilegedMode(true)
                .imagePullCredentialsType(stack.pullCredentials());
        return switch (trust) {
            case TRUSTED ->
                stack.dockerServer().isEmpty()
                        ? environment.build()
                        : environment
                                .dockerServer(server -> server.computeType(stack.dockerServer()))
                                .build();
            case FORK -> environment.build();
        };
    }

    private String role() {
        return stack.rights(trust).role();
    }

    private LogsConfig logs() {
        return LogsConfig.builder()
                .cloudWatchLogs(logs -> logs.status(LogsConfigStatusType.ENABLED)
                        .groupName(stack.rights(trust).logGroup()))
                .build();
    }

    /**
     * So that a project's builds can be started as one batch too.
     *
     * @see <a href="https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build.html">batch builds</a>
     */
    private ProjectBuildBatchConfig batches() {
        return ProjectBuildBatchConfig.builder()
                .serviceRole(stack.batchRole())
                .timeoutInMins(QUEUED_TIMEOUT_IN_MINUTES)
                .restrictions(restrictions -> restrictions.maximumBuildsAllowed(MOST_BUILDS_OF_A_BATCH))
                .build();
    }

    private List<Tag> tags() {
        return List.of(
                tag(SETTINGS_TAG, settings()),
                tag("sledge:repository", repository.host() + "/" + repository.fullName()),
                tag("sledge:trust", trust.name().toLowerCase(Locale.ROOT)));
    }

    /** Tags take letters, digits, spaces and some punctuation. */
    private static Tag tag(String key, String value) {
        var taken = value.replaceAll("[^\\p{L}\\p{Z}\\p{N}_.:/=@+\\-]", "_");
        return Tag.builder()
                .key(key)
                .value(taken.substring(0, Math.min(255, taken.length())))
                .build();
    }
}
