package dev.sledge.aws;

import dev.sledge.build.ResultFolder;
import dev.sledge.build.StartToken;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import dev.sledge.render.RenderedBuild;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.codebuild.model.CacheMode;
import software.amazon.awssdk.services.codebuild.model.CacheType;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariable;
import software.amazon.awssdk.services.codebuild.model.EnvironmentVariableType;
import software.amazon.awssdk.services.codebuild.model.ProjectCache;
import software.amazon.awssdk.services.codebuild.model.StartBuildRequest;

/**
 * A build as CodeBuild is asked to start it.
 *
 * @param access how it fetches what it builds
 * @param told what the deployment tells the build of where things are
 * @param token of the wish that it comes of
 */
record BuildStart(
        BuildProject project,
        BuildPlan plan,
        RenderedBuild build,
        GitAccess access,
        Map<String, String> told,
        StartToken token) {
    private static final ProjectCache NOTHING_KEPT =
            ProjectCache.builder().type(CacheType.NO_CACHE).build();

    BuildStart {
        told = Map.copyOf(told);
    }

    /** The same for the same build and token, as the token asks for. */
    StartBuildRequest request(S3Buildspecs buildspecs) {
        return StartBuildRequest.builder()
                .cacheOverride(machine(plan.cache()))
                .projectName(project.name())
                .buildspecOverride(buildspecs.place(plan.source().trust(), build.buildspec()))
                .environmentVariablesOverride(variables())
                .timeoutInMinutesOverride(plan.timeout().minutes())
                .idempotencyToken(token.value())
                .build();
    }

    /**
     * What is kept on the machine: the engine's layers, where a later build happens to get the same machine.
     *
     * @see <a href="https://docs.aws.amazon.com/codebuild/latest/userguide/caching-local.html">local caching</a>
     */
    private static ProjectCache machine(Cache cache) {
        return switch (cache) {
            case Cache.Host host ->
                ProjectCache.builder()
                        .type(CacheType.LOCAL)
                        .modes(CacheMode.LOCAL_DOCKER_LAYER_CACHE)
                        .build();
            case Cache.OfBuildKit other -> NOTHING_KEPT;
            case Cache.Classic classic -> NOTHING_KEPT;
        };
    }

    private List<EnvironmentVariable> variables() {
        var plain = new TreeMap<>(build.environment());
        plain.putAll(told);
        plain.putAll(access.environment());
        plain.put(CodeBuildBuilds.RESULTS, ResultFolder.parent(plan));
        plain.put(CodeBuildBuilds.TOKEN, token.value());
        var variables = new ArrayList<EnvironmentVariable>();
        plain.forEach((name, value) -> variables.add(variable(name, value, EnvironmentVariableType.PLAINTEXT)));
        new TreeMap<>(access.secrets())
                .forEach((name, reference) ->
                        variables.add(variable(name, reference, EnvironmentVariableType.SECRETS_MANAGER)));
        return variables;
    }

    private static EnvironmentVariable variable(String name, String value, EnvironmentVariableType type) {
        return EnvironmentVariable.builder().name(name).value(value).type(type).build();
    }
}
