package dev.sledge.dockerfile;

import static dev.sledge.dockerfile.Reading.graph;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The names that BuildKit's log gives to steps. */
class StepsTest {
    @Test
    void onlyStepsWithAVertexAreNumbered() {
        assertThat(steps(
                        "FROM x AS base\nENV A=b\nWORKDIR /src\nCOPY . .\nLABEL c=d\nRUN make\nADD a b\nCMD c\nFROM x\n",
                        0))
                .containsExactly(
                        "[base 1/5] FROM 1-1",
                        "[base 2/5] WORKDIR 3-3",
                        "[base 3/5] COPY 4-4",
                        "[base 4/5] RUN 6-6",
                        "[base 5/5] ADD 7-7");
    }

    @Test
    void aStageOnAStageHasNoStepForItsBase() {
        assertThat(steps("FROM x AS base\nRUN 1\nFROM base\nRUN 2\n", 1)).containsExactly("[stage-1 1/1] RUN 4-4");
        assertThat(steps("FROM scratch\nCOPY a b\nFROM x\n", 0)).containsExactly("[stage-0 1/1] COPY 2-2");
    }

    @Test
    void theOnlyStageHasNoName() {
        assertThat(steps("FROM x AS named\nRUN 1\n", 0)).containsExactly("[1/2] FROM 1-1", "[2/2] RUN 2-2");
    }

    @Test
    void anImageOrAMountCountsAsAStageToo() {
        assertThat(steps("FROM x\nCOPY --from=busybox /a /a\n", 0)).first().isEqualTo("[stage-0 1/2] FROM 1-1");
        assertThat(steps("FROM x AS a\nRUN --mount=type=cache,target=/c true\n", 0))
                .first()
                .isEqualTo("[a 1/2] FROM 1-1");
    }

    @Test
    void numbersArePaddedToTheWidthOfTheTotal() {
        var steps = steps("FROM x AS a\n" + "RUN true\n".repeat(9) + "FROM a\n", 0);
        assertThat(steps).first().isEqualTo("[a  1/10] FROM 1-1");
        assertThat(steps).last().isEqualTo("[a 10/10] RUN 10-10");
    }

    @Test
    void triggersComeFirstAndAllOfThemCount() {
        assertThat(steps("FROM x AS base\nONBUILD ENV A=b\nONBUILD RUN 1\nFROM base\nRUN 2\n", 1))
                .containsExactly("[stage-1 1/3] ONBUILD RUN 4-4", "[stage-1 2/3] RUN 5-5");
    }

    @Test
    void theRootDirectoryNeedsNoStep() {
        assertThat(steps("FROM x AS a\nWORKDIR /\nRUN 1\nFROM y\n", 0))
                .containsExactly("[a 1/3] FROM 1-1", "[a 2/3] RUN 3-3");
    }

    private static List<String> steps(String text, int stage) {
        return graph(text).steps(stage).stream()
                .map(step -> step.label() + (step.triggered() ? " ONBUILD " : " ")
                        + step.instruction().keyword() + " "
                        + step.lines().first() + "-" + step.lines().last())
                .toList();
    }
}
