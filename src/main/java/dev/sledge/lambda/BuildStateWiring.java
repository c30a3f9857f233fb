package dev.sledge.lambda;

import dev.sledge.aws.CodeBuildEnds;
import dev.sledge.aws.EcrLogin;
import dev.sledge.aws.EcrRegistry;
import dev.sledge.build.Bucket;
import dev.sledge.pipeline.BuildFinished;
import dev.sledge.pipeline.BuildStatuses;
import dev.sledge.registry.OciRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.codebuild.CodeBuildClient;
import software.amazon.awssdk.services.ecr.EcrClient;

/**
 * What the function that hears of the ends of builds is made of.
 *
 * @param priming what is used before the snapshot
 */
record BuildStateWiring(
        CodeBuildEnds ends,
        Bucket bucket,
        EcrClient ecr,
        EcrLogin login,
        ConfiguredForges forges,
        List<Priming.Step> priming) {
    /**
     * Reads the environment that {@code template.yaml} gives: {@code SLEDGE_RESULTS_BUCKET}, and for each forge {@code SLEDGE_GITHUB_URL} (the
     * site) and {@code SLEDGE_TOKEN_GITHUB} (the ARN of a secret).
     *
     * @throws IllegalStateException naming the variable that is missing or wrong
     */
    static BuildStateWiring ofEnvironment(Map<String, String> variables) {
        var environment = new FunctionEnvironment(variables);
        var http = UrlConnectionHttpClient.create();
        var bucket = new ResultsBucket(environment, http).bucket();
        var ends = new CodeBuildEnds(CodeBuildClient.builder().httpClient(http).build(), bucket.root());
        var ecr = EcrClient.builder().httpClient(http).build();
        var forges = ConfiguredForges.of(environment, http);
        return new BuildStateWiring(
                ends,
                bucket,
                ecr,
                new EcrLogin(ecr, Clock.systemUTC()),
                forges,
                List.of(
                        SamplePush::prime,
                        () -> ends.ask("none:00000000-0000-0000-0000-000000000000"),
                        () -> bucket.shared().read("heads/none"),
                        forges::prime));
    }

    BuildFinished finished(Consumer<String> faults) {
        return new BuildFinished(
                bucket,
                new EcrRegistry(new OciRegistry(login.endpoint().getScheme(), login), ecr),
                new BuildStatuses(forges.statuses(), Optional.empty(), faults),
                ends);
    }
}
