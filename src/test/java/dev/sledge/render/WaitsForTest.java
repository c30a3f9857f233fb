package dev.sledge.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sledge.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell function that says what a build waits for, run by a real bash and a real jq; the log is in BuildKit's form. */
class WaitsForTest {
    private static final String IMPORT = "\"digest\":\"sha256:1\",\"name\":\"importing cache manifest from r/c:cache\"";

    @TempDir
    Path directory;

    @BeforeEach
    void needsJq() {
        var there = Shell.run(List.of("sh", "-c", "command -v jq"), "").status() == 0;
        if (!there) System.err.println("SKIPPED, NOT PASSED: no jq on this machine to read a build's log with");
        assumeTrue(there, "no jq");
    }

    private List<String> of(String... log) throws IOException {
        Files.createDirectories(directory.resolve("results"));
        Files.writeString(directory.resolve("results/buildkit.jsonl"), String.join("\n", log));
        var ran = Shell.run(
                directory,
                List.of("bash"),
                "set -o pipefail\nCODEBUILD_SRC_DIR=.\n" + ShellFunctions.WAITS_FOR + "\nwaits_for\n");
        return ran.output().lines().toList();
    }

    private static String layer(String id, int current, Instant told, String more) {
        return "{\"statuses\":[{\"id\":\"%s\",\"vertex\":\"sha256:2\",\"total\":12,\"current\":%d,\"timestamp\":\"%s\"%s}]}"
                .formatted(id, current, told, more);
    }

    @Test
    void aCacheThatIsBeingReadAndLayersThatAreBeingFetched() throws IOException {
        var now = Instant.now();
        assertThat(of(
                        "#0 building with \"default\" instance",
                        "{\n  \"vertexes\": [\n    {" + IMPORT + ",\"started\":\"" + now + "\"}\n  ]\n}",
                        layer("sha256:a", 3, now, ""),
                        layer("sha256:a", 4, now, ""),
                        layer("sha256:b", 0, now, "")))
                .containsExactly(
                        "importing cache manifest from r/c:cache",
                        "sha256:a, of which 4 of 12 bytes are there",
                        "sha256:b, of which 0 of 12 bytes are there");
    }

    @Test
    void notWhatIsThere() throws IOException {
        var now = Instant.now();
        assertThat(of(
                        "{\"vertexes\":[{" + IMPORT + ",\"started\":\"" + now + "\"}]}",
                        "{\"vertexes\":[{" + IMPORT + ",\"completed\":\"" + now + "\"}]}",
                        layer("sha256:a", 12, now, ",\"completed\":\"" + now + "\""),
                        layer("sha256:b", 12, now, ""),
                        layer("pushing layers", 3, now, "")))
                .isEmpty();
    }

    @Test
    void norALayerThatNobodyFetchesAnyMore() throws IOException {
        assertThat(of(layer("sha256:a", 3, Instant.now().minusSeconds(10), ""))).isEmpty();
    }

    @Test
    void evenIfTheLogIsBeingWritten() throws IOException {
        assertThat(of(layer("sha256:a", 3, Instant.now(), ""), "{", "  \"statuses\": [", "    {\"id\": \"sha2"))
                .containsExactly("sha256:a, of which 3 of 12 bytes are there");
    }
}
