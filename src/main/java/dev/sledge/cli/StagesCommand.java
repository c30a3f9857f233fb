package dev.sledge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.dockerfile.BuildOptions;
import dev.sledge.dockerfile.DockerfileParser;
import dev.sledge.dockerfile.Parsing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sledge stages}: the stage graph of Dockerfiles, for programs. */
@Command(
        name = "stages",
        mixinStandardHelpOptions = true,
        description =
                "Prints the stages of Dockerfiles and what they take from each other, one JSON object a file and line.",
        footer = {"", "Exit status 1 if a file cannot be read as a Dockerfile; its object says why."})
final class StagesCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Dockerfiles.")
    private List<Path> files = List.of();

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Answering answering;

    @Override
    public Integer call() {
        var out = answering.out();
        var rejected = false;
        for (var file : files) {
            try {
                var parsing = DockerfileParser.parse(file.toString(), Files.readAllBytes(file));
                var line = StagesJson.line(file.toString(), parsing, BuildOptions.DEFAULT);
                out.println(answering.json ? line : table(line));
                rejected |= parsing instanceof Parsing.Unparsable;
            } catch (IOException e) {
                throw new UserErrorException("'" + file + "' cannot be read; name a Dockerfile");
            }
        }
        out.flush();
        return (rejected ? ExitCode.INPUT_WRONG : ExitCode.DONE).status();
    }

    private static String table(String line) throws JsonProcessingException {
        var stages = new JsonMapper().readTree(line);
        var text = new StringBuilder(stages.path("file").asText());
        if (stages.has("err")) {
            text.append("\n  ").append(stages.path("err").asText());
        }
        for (var stage : stages.path("stages")) {
            text.append("\n  %2d %-16s FROM %s%s"
                    .formatted(
                            stage.path("index").asInt(),
                            stage.path("name").asText(),
                            stage.path("base").asText(),
                            stage.path("reachable").asBoolean() ? "" : "   (not needed by the last stage)"));
        }
        return text.toString();
    }
}
