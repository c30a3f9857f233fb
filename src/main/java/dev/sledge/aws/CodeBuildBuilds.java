package dev.sledge.aws;

import dev.sledge.build.BuildNotStartedException;
import dev.sledge.build.BuildNotStoppedException;
import dev.sledge.build.Builds;
import dev.sledge.build.StartToken;
import dev.sledge.build.StartedBuild;
import dev.sledge.plan.BuildPlan;
import dev.sledge.render.RenderedBuild;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.codebuild.model.AccountLimitExceededException;
import software.amazon.awssdk.services.codebuild.model.Build;
import software.amazon.awssdk.services.codebuild.model.InvalidInputException;
import software.amazon.awssdk.services.codebuild.model.ResourceNotFoundException;
import software.amazon.awssdk.services.codebuild.model.StartBuildRequest;

/**
 * Builds on CodeBuild. What all builds of a repository have in common is their project's; buildspec, variables and time-out are said at the
 * start of each.
 *
 * @see <a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html">StartBuild</a>
 */
public final class CodeBuildBuilds implements Builds {
    /** Tells a build by the wish that it came of, longer than the five minutes for which CodeBuild remembers. */
    static final String TOKEN = "SLEDGE_START_TOKEN";

    /** The folder below which the build's results will lie, for whoever hears of its end. */
    static final String RESULTS = "SLEDGE_RESULTS";

    private final CodeBuildClient codebuild;
    private final CodeBuildProjects projects;
    private final EcrRepositories repositories;
    private final BuildStack stack;
    private final S3Buildspecs buildspecs;
    private final String root;
    private final BiFunction<BuildPlan.Source, ProjectArns, GitAccess> access;

    /**
     * Builds of one deployment.
     *
     * @param root of the bucket that caches lie in, {@code s3://bucket}
     * @param access how builds fetch what they build
     */
    public CodeBuildBuilds(
            CodeBuildClient codebuild,
            EcrRepositories repositories,
            BuildStack stack,
            S3Buildspecs buildspecs,
            String root,
            BiFunction<BuildPlan.Source, ProjectArns, GitAccess> access) {
        this.access = access;
        this.codebuild = codebuild;
        this.repositories = repositories;
        this.projects = new CodeBuildProjects(codebuild);
        this.stack = stack;
        this.buildspecs = buildspecs;
        this.root = root;
    }

    @Override
    public StartedBuild start(BuildPlan plan, RenderedBuild build, StartToken token) {
        var project = BuildProject.of(plan, stack);
        return answered(project, () -> {
            var arns = project.arns(projects.ensure(project));
            repositories.ensure(plan, arns);
            var told = new TreeMap<>(new CacheAccess(root, arns).environment(plan));
            if (!stack.baseImages().isEmpty()) {
                told.put("SLEDGE_BASE_IMAGES", stack.baseImages());
            }
            var request = new BuildStart(project, plan, build, access.apply(plan.source(), arns), told, token)
                    .request(buildspecs);
            try {
                return started(request);
            } catch (ResourceNotFoundException e) {
                // Deleted since it was looked at.
                projects.create(project);
                return started(request);
            } catch (InvalidInputException e) {
                // The token was used with other parameters: a deployment between two attempts changes them.
                var before = found(project, token);
                if (before.isPresent()) {
                    return before.get();
                }
                throw e;
            }
        });
    }

    @Override
    public Optional<StartedBuild> find(BuildPlan plan, StartToken token) {
        var project = BuildProject.of(plan, stack);
        return answered(project, () -> {
            try {
                return found(project, token);
            } catch (ResourceNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void stop(StartedBuild build) {
        try {
            codebuild.stopBuild(stop -> stop.id(build.id()));
        } catch (InvalidInputException | ResourceNotFoundException e) {
            // It has ended, or its project is gone.
        } catch (SdkException e) {
            throw new BuildNotStoppedException(
                    "CodeBuild did not stop " + build.id() + "; check that codebuild:StopBuild is allowed: "
                            + e.getMessage(),
                    e);
        }
    }

    private StartedBuild started(StartBuildRequest request) {
        return of(codebuild.startBuild(request).build());
    }

    /** Among the newest hundred builds of the project: one that a claim still waits for is not further back. */
    private Optional<StartedBuild> found(BuildProject project, StartToken token) {
        var ids = codebuild
                .listBuildsForProject(list -> list.projectName(project.name()))
                .ids();
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        return codebuild.batchGetBuilds(get -> get.ids(ids)).builds().stream()
                .filter(build -> build.environment().environmentVariables().stream()
                        .anyMatch(variable -> variable.name().equals(TOKEN)
                                && variable.value().equals(token.value())))
                .findFirst()
                .map(CodeBuildBuilds::of);
    }

    private static StartedBuild of(Build build) {
        return new StartedBuild(build.id(), Math.toIntExact(build.buildNumber()));
    }

    private <T> T answered(BuildProject project, Supplier<T> calls) {
        try {
            return calls.get();
        } catch (AccountLimitExceededException e) {
            throw new BuildNotStartedException(
                    "CodeBuild takes no more in this account for now: " + words(e)
                            + "; it is tried again, and a higher quota can be asked for in Service Quotas",
                    e);
        } catch (InvalidInputException e) {
            throw new BuildNotStartedException(
                    "CodeBuild refused project " + project.name() + ": " + words(e)
                            + (mayPass(e) ? "; a new role can take some minutes to be known" : ""),
                    e);
        } catch (SdkException e) {
            throw new BuildNotStartedException(
                    "CodeBuild did not do what project " + project.name() + " needs: " + e.getMessage(), e);
        }
    }

    /**
     * IAM tells a new role to CodeBuild within some minutes; until then it is as if it were not there.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html">eventual consistency</a>
     */
    private static boolean mayPass(InvalidInputException e) {
        return words(e).contains("ot authorized to perform");
    }

    private static String words(AwsServiceException e) {
        var details = e.awsErrorDetails();
        return details == null || details.errorMessage() == null
                ? String.valueOf(e.getMessage())
                : details.errorMessage();
    }
}
