package dev.sledge.advice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.BuildKitLog;
import dev.sledge.build.StepOutcome;
import dev.sledge.dockerfile.StageGraph;
import dev.sledge.local.DockerEngine.Answer;
import dev.sledge.plan.PlannedStage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * One build that succeeded.
 *
 * @param graph of the Dockerfile that was built
 * @param log BuildKit's, as raw JSON
 */
record ProofBuild(StageGraph graph, String log, Duration took) {
    private static final JsonMapper JSON = new JsonMapper();

    static ProofBuild of(StageGraph graph, Answer answer, Duration took) {
        // After a failure there is text behind the objects.
        assertThat(answer.status())
                .as("%s", BuildKitLog.read(answer.errors()).lastWords())
                .isZero();
        return new ProofBuild(graph, answer.errors(), took);
    }

    /** What became of the instruction that starts on a line of the Dockerfile. */
    StepOutcome outcome(int line) {
        for (var stage : graph.stages()) {
            for (var step : graph.steps(stage.index())) {
                if (step.lines().first() != line) continue;
                var planned = new PlannedStage.Step(
                        step.number(),
                        step.label(),
                        line,
                        step.lines().last(),
                        step.instruction().source());
                return BuildKitLog.read(log)
                        .outcome(new PlannedStage(stage.index(), stage.written().label(), List.of(planned)), planned);
            }
        }
        throw new AssertionError("no step starts on line " + line);
    }

    /** All that the commands of its steps printed; one that is a hit prints nothing. */
    String printed() throws IOException {
        var printed = new StringBuilder();
        // The objects follow one another without a comma.
        try (var statuses = JSON.readerFor(JsonNode.class).<JsonNode>readValues(log)) {
            while (statuses.hasNextValue()) {
                for (var entry : statuses.nextValue().path("logs")) {
                    var data = Base64.getDecoder().decode(entry.path("data").asText());
                    printed.append(new String(data, StandardCharsets.UTF_8));
                }
            }
        }
        return printed.toString();
    }
}
