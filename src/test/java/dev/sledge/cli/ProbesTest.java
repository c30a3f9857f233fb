package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sledge.dockerfile.BuildOptions;
import dev.sledge.dockerfile.DockerfileParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Small Dockerfiles, each with BuildKit's own answer: stages, bases, edges, reachability, or where it refuses. */
class ProbesTest {
    private static final BuildKitAnswers PROBES = new BuildKitAnswers(
            Path.of(System.getProperty("sledge.corpus", "../shared/corpus"), "dockerfile-probes"),
            Map.of("from-base-case", 1, "lowercase", 1));

    @TestFactory
    Stream<DynamicTest> agreesWithBuildKit() throws IOException {
        var expected = PROBES.expected();
        if (!Files.exists(expected)) {
            var missing = "SKIPPED, NOT PASSED: no " + expected.toAbsolutePath().normalize()
                    + "; point -Dsledge.corpus at the folder that holds dockerfile-probes";
            // The console shows no reason for a skipped test; without this line nobody would notice.
            System.err.println(missing);
            return Stream.of(dynamicTest("probes are missing", () -> assumeTrue(false, missing)));
        }
        return PROBES.tests();
    }

    @Test
    void printsPropertiesInTheOrderOfBuildKitsAnswers() {
        var parsing = DockerfileParser.parse(
                "Dockerfile", "ARG V=1\nFROM alpine:$V AS a\nRUN make \\\n  all\nFROM scratch\nCOPY --from=a /x /\n");
        assertThat(StagesJson.line("Dockerfile", parsing, BuildOptions.DEFAULT))
                .isEqualTo("{\"file\":\"Dockerfile\",\"escape\":\"\\\\\",\"metaArgs\":{\"V\":\"1\"},\"stages\":["
                        + "{\"index\":0,\"name\":\"a\",\"baseRaw\":\"alpine:$V\",\"base\":\"alpine:1\",\"baseStage\":-1,"
                        + "\"platform\":\"\",\"instructions\":1,\"instr\":[\"RUN\"],\"line\":2,\"lines\":[[3,4]],"
                        + "\"reachable\":true},"
                        + "{\"index\":1,\"name\":\"\",\"baseRaw\":\"scratch\",\"base\":\"scratch\",\"baseStage\":-1,"
                        + "\"platform\":\"\",\"instructions\":1,\"instr\":[\"COPY\"],\"line\":5,\"lines\":[[6,6]],"
                        + "\"reachable\":true}],"
                        + "\"edges\":[{\"stage\":1,\"kind\":\"copy\",\"from\":\"a\",\"toStage\":0,\"line\":6}]}");
    }
}
