package dev.sledge.aws;

import dev.sledge.build.FinishedBuild;
import dev.sledge.build.FinishedBuild.Phase;
import dev.sledge.build.FinishedBuild.Status;
import dev.sledge.build.Repetitions;
import dev.sledge.build.ResultFolder;
import dev.sledge.build.ResultsUnavailableException;
import dev.sledge.build.StartedBuild;
import dev.sledge.event.CommitId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
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
public final class CodeBuildEnds implements Repetitions {
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
            return found(List.of(id)).stream()
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

    /** A build that is started again, in the console or by CodeBuild itself, has the variables of the first, among them its token. */
    @Override
    public Optional<ResultFolder> first(FinishedBuild build) {
        var id = build.build().id();
        try {
            var project = id.substring(0, id.indexOf(':'));
            var ids = codebuild
                    .listBuildsForProject(list -> list.projectName(project))
                    .ids();
            var builds = found(ids);
            var token = builds.stream()
                    .filter(other -> other.id().equals(id))
                    .findFirst()
                    .flatMap(other -> variable(other, CodeBuildBuilds.TOKEN));
            return builds.stream()
                    .filter(other -> token.isPresent() && token.equals(variable(other, CodeBuildBuilds.TOKEN)))
                    .min(Comparator.comparing(Build::buildNumber))
                    .filter(other -> !other.id().equals(id))
                    .flatMap(this::folder);
        } catch (SdkException e) {
            throw new ResultsUnavailableException(
                    "CodeBuild does not say which build " + id + " does again; check that"
                            + " codebuild:ListBuildsForProject is allowed: " + e.getMessage(),
                    e);
        }
    }

    private List<Build> found(List<String> ids) {
        return codebuild.batchGetBuilds(get -> get.ids(ids)).builds();
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
        if (build.buildBatchArn() != null) {
            return new Answer.Ignored("build " + build.id() + " is a part of " + build.buildBatchArn());
        }
        return folder(build)
                .<Answer>map(folder -> new Answer.Ended(folder, finished(build, started(build), status.get())))
                .orElseGet(() ->
                        new Answer.Ignored("build " + build.id() + " was not started by this deployment of Sledge"));
    }

    /** Of a build that this deployment started. */
    private Optional<ResultFolder> folder(Build build) {
        var isOurs = variable(build, "SLEDGE_UPLOADS").filter(uploads::equals).isPresent();
        var commit = variable(build, "SLEDGE_COMMIT");
        return variable(build, CodeBuildBuilds.RESULTS)
                .filter(results -> isOurs && commit.isPresent())
                .map(results -> ResultFolder.in(results, started(build), new CommitId(commit.get())));
    }

    private static StartedBuild started(Build build) {
        return new StartedBuild(build.id(), Math.toIntExact(build.buildNumber()));
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
