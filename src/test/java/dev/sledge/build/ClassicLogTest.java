package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.plan.PlannedStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Logs as the classic builder prints them, a line a second. */
class ClassicLogTest {
    private static ClassicLog log(String lines) {
        var log = new StringBuilder();
        var time = 1_795_646_307.0;
        for (var line : lines.lines().toList()) {
            JsonNode wrapped = new JsonMapper().valueToTree(Map.of("time", time++, "line", line));
            log.append(wrapped).append('\n');
        }
        return ClassicLog.read(log.toString());
    }

    private static List<String> outcomes(ClassicLog log, PlannedStage stage) {
        return stage.steps().stream()
                .map(step -> log.outcome(stage, step).getClass().getSimpleName())
                .toList();
    }

    private static PlannedStage stage(int index, String... instructions) {
        var steps = new ArrayList<PlannedStage.Step>();
        for (var instruction : instructions) {
            var number = steps.size() + 1;
            steps.add(new PlannedStage.Step(number, "[s " + number + "/9]", number, number, instruction));
        }
        return new PlannedStage(index, "s", steps);
    }

    @Test
    void stepsAreFoundWhereverTheirStageBegins() {
        var log = log("""
                Step 1/9 : ARG V=1
                Step 2/9 : FROM alpine AS a
                 ---> 6dc65eee50d9
                Step 3/9 : RUN make   all
                 ---> Running in 9039fdfcc4f8
                 ---> 7858649b7dc3
                Step 4/9 : FROM a AS b
                 ---> 7858649b7dc3
                Step 5/9 : WORKDIR /
                 ---> Using cache
                 ---> 8b5eba4e15c9
                Step 6/9 : COPY x y
                 ---> Using cache
                 ---> 8b5eba4e15c9
                Step 7/9 : FROM scratch
                 --->\s
                Step 8/9 : COPY --from=b / /
                 ---> 8b5eba4e15c9
                Step 9/9 : CMD ["x"]
                 ---> 8b5eba4e15c9
                Successfully built 8b5eba4e15c9
                """);
        assertThat(outcomes(log, stage(0, "RUN make all"))).containsExactly("Ran");
        // WORKDIR / is a step of this builder alone; a trigger is one of the plan alone.
        assertThat(outcomes(log, stage(1, "RUN trigger", "COPY x y"))).containsExactly("NotReached", "Hit");
        assertThat(outcomes(log, stage(2, "COPY --from=b / /"))).containsExactly("Ran");
    }

    @Test
    void whatACommandPrintsIsNotTakenForTheBuilder() {
        var log = log("""
                Step 1/3 : FROM alpine
                Step 2/3 : RUN cat log
                 ---> Running in 9039fdfcc4f8
                 ---> Using cache
                Step 1/9 : FROM x
                Step 7/9 : RUN x
                Step 3/9 : RUN y
                The command '/bin/sh -c x' returned a non-zero code: 1
                cp: no space left on device
                 ---> 7858649b7dc3
                Step 3/3 : RUN true
                 ---> Using cache
                 ---> 7858649b7dc3
                Successfully built 7858649b7dc3
                """);
        assertThat(outcomes(log, stage(0, "RUN cat log", "RUN true"))).containsExactly("Ran", "Hit");
    }

    @Test
    void aStepAtWhichTheLogBreaksOffWasNotReached() {
        var log = log("""
                Step 1/2 : FROM alpine
                Step 2/2 : RUN sleep 100
                 ---> Running in 9039fdfcc4f8
                still sleeping
                """);
        assertThat(outcomes(log, stage(0, "RUN sleep 100"))).containsExactly("NotReached");
        assertThat(log.lastWords()).endsWith("still sleeping");
    }

    @Test
    void aFileThatIsNotThereFailsItsCopy() {
        var error =
                "COPY failed: file not found in build context or excluded by .dockerignore: stat x: file does not exist";
        var log = log("Step 1/2 : FROM alpine\n ---> 6dc65eee50d9\nStep 2/2 : COPY x y\n" + error + "\n");
        var stage = stage(0, "COPY x y");
        assertThat(log.outcome(stage, stage.steps().getFirst()))
                .isInstanceOfSatisfying(StepOutcome.Failed.class, failed -> {
                    assertThat(failed.error()).isEqualTo(error);
                    assertThat(failed.took()).hasSeconds(1);
                });
    }

    @Test
    void theFirstTimeThatAStageIsGoneThroughCounts() {
        var run = """
                Step 1/2 : FROM alpine AS a
                Step 2/2 : RUN make
                 ---> Running in 9039fdfcc4f8
                 ---> 7858649b7dc3
                Successfully built 7858649b7dc3
                """;
        var log = log(run + run.replace(" ---> Running in 9039fdfcc4f8", " ---> Using cache"));
        assertThat(outcomes(log, stage(0, "RUN make"))).containsExactly("Ran");
    }
}
