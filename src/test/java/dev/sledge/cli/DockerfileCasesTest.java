package dev.sledge.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Small Dockerfiles about which readers have erred, with BuildKit's own answers; infra/oracle makes these again. */
class DockerfileCasesTest {
    private static final BuildKitAnswers CASES =
            new BuildKitAnswers(Path.of("src/test/resources/dockerfile-cases"), Map.of("base-in-capitals", 1));

    @TestFactory
    Stream<DynamicTest> agreesWithBuildKit() throws IOException {
        return CASES.tests();
    }
}
