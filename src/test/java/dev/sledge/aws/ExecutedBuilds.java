package dev.sledge.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.FinishedBuild.Phase;
import dev.sledge.build.StartToken;
import dev.sledge.build.StartedBuild;
import dev.sledge.local.LocalBuilds;
import dev.sledge.plan.BuildPlan;
import dev.sledge.render.RenderedBuild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * What CodeBuild is asked to run, run: each build in a container of the build image, with its buildspec, its variables and the secrets that
 * they name. Changes of a build's state are told as EventBridge tells them.
 *
 * @see <a href="https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html">state changes</a>
 */
public final class ExecutedBuilds {
    private static final JsonMapper JSON = new JsonMapper();

    private final CodeBuildState state;
    private final LocalBuilds builds;
    private final Function<JsonNode, BuildPlan> plans;
    private final SecretsManagerClient secrets;
    private final Map<String, String> environment;
    private final Map<String, StartedBuild> running = new ConcurrentHashMap<>();
    private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();

    /**
     * From now on each build that {@code state} starts is run.
     *
     * @param plans what was planned of a build, for its base images and its time-out
     * @param environment what every build has besides: endpoints and rights
     */
    public ExecutedBuilds(
            CodeBuildState state,
            LocalBuilds builds,
            Function<JsonNode, BuildPlan> plans,
            SecretsManagerClient secrets,
            Map<String, String> environment) {
        this.state = state;
        this.builds = builds;
        this.plans = plans;
        this.secrets = secrets;
        this.environment = Map.copyOf(environment);
        state.whenChanged(this::changed);
    }

    /** The changes that have not been taken yet, in their order. */
    public BlockingQueue<JsonNode> events() {
        return events;
    }

    private void changed(JsonNode build) {
        events.add(event(build));
        var id = build.path("id").asText();
        switch (build.path("buildStatus").asText()) {
            case "IN_PROGRESS" -> Thread.ofVirtual().start(() -> run(id, build));
            case "STOPPED" -> {
                var stopped = running.get(id);
                if (stopped != null) {
                    builds.stop(stopped);
                }
            }
            default -> running.remove(id);
        }
    }

    private void run(String id, JsonNode build) {
        try {
            execute(id, build);
        } catch (RuntimeException e) {
            state.end(id, "FAULT", List.of(new Phase("PROVISIONING", Duration.ZERO, false, e.toString())));
        }
    }

    private void execute(String id, JsonNode build) {
        var plan = plans.apply(build);
        var rendered = new RenderedBuild(build.at("/source/buildspec").asText(), variables(build));
        var started = builds.start(plan, rendered, new StartToken(id));
        running.put(id, started);
        var finished = builds.await(started, plan);
        state.end(id, finished.status().name(), finished.phases());
    }

    private Map<String, String> variables(JsonNode build) {
        var variables = new TreeMap<>(environment);
        variables.put("CODEBUILD_BUILD_ARN", build.path("arn").asText());
        variables.put("CODEBUILD_BUILD_ID", build.path("id").asText());
        variables.put("CODEBUILD_BUILD_NUMBER", build.path("buildNumber").asText());
        for (var variable : build.at("/environment/environmentVariables")) {
            var value = variable.path("value").asText();
            variables.put(
                    variable.path("name").asText(),
                    switch (variable.path("type").asText()) {
                        case "PLAINTEXT" -> value;
                        case "SECRETS_MANAGER" -> secret(value);
                        default -> throw new IllegalArgumentException(variable.toString());
                    });
        }
        return variables;
    }

    /** Of {@code arn:key}: one field of a secret that is JSON. */
    private String secret(String reference) {
        var at = reference.lastIndexOf(':');
        var value = secrets.getSecretValue(get -> get.secretId(reference.substring(0, at)))
                .secretString();
        try {
            return JSON.readTree(value).path(reference.substring(at + 1)).asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode event(JsonNode build) {
        var event = JSON.createObjectNode().put("version", "0").put("source", "aws.codebuild");
        event.put("detail-type", "CodeBuild Build State Change");
        event.putObject("detail")
                .put("build-status", build.path("buildStatus").asText())
                .put("project-name", build.path("projectName").asText())
                .put("build-id", build.path("arn").asText())
                .put("current-phase", build.path("currentPhase").asText())
                .put("version", "1");
        return event;
    }
}
