package dev.sledge.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sledge.problem.Problem;
import java.util.List;

/**
 * Any bytes are read, or refused with a place and a fix.
 *
 * <p>In a normal run these are the files under {@code DockerfileFuzzTestInputs}. {@code JAZZER_FUZZ=1 ./mvnw test
 * -Dtest=DockerfileFuzzTest -DargLine=-Djazzer.hooks=true} looks for more during ten minutes and keeps there what fails; without the
 * hooks, which are off for the other tests' sake, Jazzer sees no coverage. A campaign that is killed leaves its last input there too.
 */
class DockerfileFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void anyBytesAreReadOrRefused(byte[] bytes) {
        switch (DockerfileParser.parse("Dockerfile", bytes)) {
            case Parsing.Unparsable refused -> hold(refused.problems(), bytes);
            case Parsing.Parsed(var dockerfile, var warnings) -> {
                hold(warnings, bytes);
                chart(dockerfile, bytes);
            }
        }
    }

    private static void chart(Dockerfile dockerfile, byte[] bytes) {
        switch (StageGraph.of(dockerfile, BuildOptions.DEFAULT)) {
            case Charting.Charted(var graph, var warnings) -> {
                hold(warnings, bytes);
                assertThat(graph.reachable(graph.targetIndex())).contains(graph.target());
                graph.stages()
                        .forEach(stage -> assertThat(graph.steps(stage.index()))
                                .extracting(Step::number)
                                .isSorted());
            }
            case Charting.Unbuildable refused -> hold(refused.problems(), bytes);
            case Charting.Unresolved refused -> hold(refused.problems(), bytes);
        }
    }

    private static void hold(List<Problem> problems, byte[] bytes) {
        long lines = 1;
        for (byte b : bytes) if (b == '\n') lines++;
        for (var problem : problems) {
            assertThat((long) problem.where().line()).isBetween(0L, lines);
            assertThat(problem.what()).isNotBlank().doesNotContain("\n").hasSizeLessThan(400);
            assertThat(problem.fix()).isNotBlank().doesNotContain("\n");
        }
    }
}
