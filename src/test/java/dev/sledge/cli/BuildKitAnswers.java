package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.dockerfile.BuildOptions;
import dev.sledge.dockerfile.DockerfileParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A folder of Dockerfiles with BuildKit's own answer to each in {@code expected.jsonl}.
 *
 * @param lenient files where Sledge takes {@code FROM Build} for the stage {@code build} as the classic builder does,
 *     while BuildKit takes it for an image; with each, the stage that has it for its base
 */
record BuildKitAnswers(Path folder, Map<String, Integer> lenient) {
    private static final JsonMapper JSON = new JsonMapper();

    Path expected() {
        return folder.resolve("expected.jsonl");
    }

    /** One test a file: the same stages, bases, edges and reachability, or the same step refuses. */
    Stream<DynamicTest> tests() throws IOException {
        return Files.readAllLines(expected()).stream()
                .map(BuildKitAnswers::read)
                .map(answer -> {
                    var file = answer.get("file").asText();
                    return dynamicTest(file, () -> compare(file, answer));
                });
    }

    private void compare(String file, JsonNode answer) throws IOException {
        var parsing = DockerfileParser.parse(file, Files.readAllBytes(folder.resolve(file)));
        var ours = read(StagesJson.line(file, parsing, BuildOptions.DEFAULT));
        if (lenient.containsKey(file)) {
            assertThat(ours.has("err")).isFalse();
            assertThat(ours.at("/stages/" + lenient.get(file) + "/baseStage").asInt())
                    .isZero();
            return;
        }
        boolean lines = answer.at("/stages/0").has("lines");
        assertThat(comparable(ours, lines)).isEqualTo(comparable(answer, lines));
        assertThat(ours.has("err")).isEqualTo(answer.has("err"));
        assertThat(ours.has("llbErr")).isEqualTo(answer.has("llbErr"));
    }

    /** Without BuildKit's wording and lint; the instructions' lines only where the answer has them. */
    private static JsonNode comparable(JsonNode line, boolean lines) {
        ObjectNode copy = line.deepCopy();
        copy.remove(Set.of("err", "llbErr", "lint"));
        // A parser that fails does not tell which escape character it had found.
        if (copy.path("phase").asText().equals("parse")) copy.remove("escape");
        copy.path("stages").forEach(stage -> {
            if (!lines && stage instanceof ObjectNode object) object.remove("lines");
        });
        return copy;
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
