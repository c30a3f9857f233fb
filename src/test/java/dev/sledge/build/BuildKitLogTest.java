package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BuildKitLogTest {
    private static final String STARTED = "2026-01-01T00:00:00Z";

    private static String vertex(String name, String more) {
        return "{\"vertexes\":[{\"digest\":\"" + name + "\",\"name\":\"" + name + "\",\"started\":\"" + STARTED + "\""
                + more + "}]}\n";
    }

    private static String failed(String name, String error) {
        return vertex(name, ",\"completed\":\"2026-01-01T00:00:02Z\",\"error\":\"" + error + "\"");
    }

    private static String printed(String name, byte[] bytes) {
        return "{\"logs\":[{\"vertex\":\"" + name + "\",\"data\":\""
                + Base64.getEncoder().encodeToString(bytes) + "\"}]}\n";
    }

    /** Newer versions of buildx write each object on one line. */
    @Test
    void objectsMayStandOnOneLineEach() {
        for (var build : LogCase.all()) {
            if (build.isClassic()) continue;
            var lines = Arrays.stream(build.text().split("(?m)(?<=^\\})\n"))
                    .map(object -> object.startsWith("{") ? compact(object) : object)
                    .collect(Collectors.joining("\n"));
            assertThat(lines.lines().count()).isLessThan(build.text().lines().count() / 3);
            assertThat(build.record(lines)).as("%s", build).isEqualTo(build.record());
        }
    }

    private static String compact(String object) {
        try {
            return new JsonMapper().readTree(object).toString();
        } catch (JsonProcessingException e) {
            throw new AssertionError(object, e);
        }
    }

    @Test
    void aCacheThatIsNotThereYetIsNoFaultButOneThatCannotBeWrittenIs() {
        var log =
                BuildKitLog.read(failed("importing cache manifest from r/a:cache-b-main", "r/a:cache-b-main: not found")
                        + failed("importing cache manifest from r/a:cache-b-x", "unexpected status: 403 Forbidden")
                        + failed("exporting cache to registry", "name unknown: repository not found"));
        assertThat(log.cacheFaults())
                .containsExactly(
                        "importing cache manifest from r/a:cache-b-x failed: unexpected status: 403 Forbidden",
                        "exporting cache to registry failed: name unknown: repository not found");
    }

    @Test
    void faultsOfTheCacheAreNotWhyABuildFailed() {
        var log =
                BuildKitLog.read(failed("importing cache manifest from r/a:cache-b-main", "r/a:cache-b-main: not found")
                        + failed("[internal] load metadata for docker.io/library/nobody:1", "nobody:1: not found")
                        + failed("[build 3/3] RUN sleep 9", "process was stopped: context canceled"));
        assertThat(log.lastWords())
                .containsExactly("[internal] load metadata for docker.io/library/nobody:1: nobody:1: not found");
        assertThat(log.cacheFaults()).isEmpty();
    }

    @Test
    void outputKeepsItsLastLinesAndCharactersThatAreCutInTwo() {
        var build = LogCase.of("failed-run");
        var stage = build.plan().stages().getFirst();
        var step = stage.steps().getLast();
        var name = step.label() + " RUN x";
        var text = ("line\n".repeat(30_000) + "naïve 🚀\n").getBytes(StandardCharsets.UTF_8);
        var log = new StringBuilder();
        // The second piece begins amid the rocket, which has four bytes.
        var amid = text.length - 3;
        log.append(printed(name, Arrays.copyOfRange(text, 0, amid)));
        log.append(printed(name, Arrays.copyOfRange(text, amid, text.length)));
        log.append(printed(name, "last é".getBytes(StandardCharsets.UTF_8)));
        log.append(failed(name, "exit code: 1"));

        assertThat(BuildKitLog.read(log.toString()).outcome(stage, step))
                .isInstanceOfSatisfying(
                        StepOutcome.Failed.class,
                        failed -> assertThat(failed.output()).hasSize(20).endsWith("line", "naïve 🚀", "last é"));
    }

    @Test
    void linesOfAnObjectThatIsCutOffAreNoWords() {
        var log = BuildKitLog.read(
                "{\n  \"vertexes\": [\n    {\n      \"digest\": \"x\",\nERROR: the daemon went away\n");
        assertThat(log.lastWords()).containsExactly("ERROR: the daemon went away");
    }
}
