package dev.sledge.aws;

import dev.sledge.build.FinishedBuild;
import dev.sledge.build.FinishedBuild.Phase;
import dev.sledge.build.FinishedBuild.Status;
import dev.sledge.build.ResultFolder;
import dev.sledge.build.ResultsUnavailableException;
import dev.sledge.build.StartedBuild;
import dev.sledge.event.CommitId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.BuildPhase;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariable;
import software.amazon.awssdk.services.codebuild.model.PhaseContext;
import software.amazon.awssdk.services.codebuild.model.StatusType;

/**
 * How builds ended, by CodeBuild's own word. An event about a build may come twice, late, or before an older one: it says which build to
 * ask for and nothing else.
 *
 * @see <a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BatchGetBuilds.html">BatchGetBuilds</a>
 */
public final class CodeBuildEnds {
    private final CodeBuildClient codebuild;
    private final String uploads;

    /** @param root of the bucket that our own builds store their logs in, {@code s3://bucket}: another deployment has another one */
    public CodeBuildEnds(CodeBuildClient codebuild, String root) {
        this.codebuild = codebuild;
        this.uploads = root + "/" + ResultFolder.UPLOADS;
    }

    /** What CodeBuild says of a build. */
    public sealed interface Answer {
        /** It ended, and its results lie in {@code folder}. */
        record Ended(ResultFolder folder, FinishedBuild build) implements Answer {}

        /** Nothing is to be done about it, or not yet. */
        record Ignored(String why) implements Answer {}
    }

    /**
     * Asks for one build.
     *
     * @param id of the build, {@code project:uuid}
     */
    public Answer ask(String id) {
        try {
            return codebuild.batchGetBuilds(get -> get.ids(id)).builds().stream()
                    .findFirst()
                    .map(this::answer)
                    .orElseGet(() -> new Answer.Ignored("CodeBuild knows no build " + id));
        } catch (SdkException e) {
            throw new ResultsUnavailableException(
                    "CodeBuild does not say how build " + id + " ended; check that"
                            + " codebuild:BatchGetBuilds is allowed: " + e.getMessage(),
                    e);
        }
    }

    private Answer answer(Build build) {
        var status = status(build.buildStatus());
        if (status.isEmpty()) {
            return new Answer.Ignored("build " + build.id() + " runs");
        }
        if (build.autoRetryConfig() != null && build.autoRetryConfig().nextAutoRetry() != null) {
            return new Answer.Ignored("build " + build.id() + " is tried again by CodeBuild as "
                    + build.autoRetryConfig().nextAutoRetry());
        }
        var isOurs = variable(build, "SLEDGE_UPLOADS").filter(uploads::equals).isPresent();
        var results = variable(build, CodeBuildBuilds.RESULTS).filter(folder -> isOurs);
        var commit = variable(build, "SLEDGE_COMMIT");
        if (results.isEmpty() || commit.isEmpty()) {
            return new Answer.Ignored("build " + build.id() + " was not started by this deployment of Sledge");
        }
        var started = new StartedBuild(build.id(), Math.toIntExact(build.buildNumber()));
        var folder = ResultFolder.in(results.get(), started, new CommitId(commit.get()));
        return new Answer.Ended(folder, finished(build, started, status.get()));
    }

    private static Optional<String> variable(Build build, String name) {
        return build.environment().environmentVariables().stream()
                .filter(variable -> variable.name().equals(name))
                .map(EnvironmentVariable::value)
                .findFirst();
    }

    private static FinishedBuild finished(Build build, StartedBuild started, Status status) {
        var from = build.startTime() == null ? Instant.EPOCH : build.startTime();
        var until = build.endTime() == null ? from : build.endTime();
        var phases = build.phases().stream()
                .filter(phase -> phase.phaseStatus() != null)
                .map(CodeBuildEnds::phase)
                .toList();
        return new FinishedBuild(started, build.arn(), from, Duration.between(from, until), status, phases);
    }

    private static Phase phase(BuildPhase phase) {
        var succeeded = phase.phaseStatus() == StatusType.SUCCEEDED;
        var took = phase.durationInSeconds() == null ? 0 : phase.durationInSeconds();
        return new Phase(
                phase.phaseTypeAsString(),
                Duration.ofSeconds(took),
                succeeded,
                succeeded ? "" : words(phase.contexts()));
    }

    private static String words(List<PhaseContext> contexts) {
        return String.join(
                "; ",
                contexts.stream()
                        .flatMap(context -> Optional.ofNullable(context.message()).stream())
                        .filter(message -> !message.isBlank())
                        .toList());
    }

    private static Optional<Status> status(StatusType status) {
        return switch (status) {
            case SUCCEEDED -> Optional.of(Status.SUCCEEDED);
            case FAILED -> Optional.of(Status.FAILED);
            case FAULT -> Optional.of(Status.FAULT);
            case TIMED_OUT -> Optional.of(Status.TIMED_OUT);
            case STOPPED -> Optional.of(Status.STOPPED);
            case IN_PROGRESS -> Optional.empty();
            // A word that this version does not know is no end.
            case UNKNOWN_TO_SDK_VERSION -> Optional.empty();
        };
    }
}
