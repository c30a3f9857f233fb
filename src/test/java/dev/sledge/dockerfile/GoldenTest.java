package dev.sledge.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dockerfiles as people write them, each in a directory with what is read from it.
 *
 * <p>A new case is a new directory; {@code -Dgolden.update} writes {@code graph.txt} for it, to be read in review.
 */
class GoldenTest {
    private static final Path CASES = Path.of("src/test/resources/dockerfile");

    static List<Path> cases() throws IOException {
        try (Stream<Path> directories = Files.list(CASES)) {
            return directories.sorted().toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void readsTheGoldenGraph(Path directory) throws IOException {
        var actual =
                describe(DockerfileParser.parse("Dockerfile", Files.readAllBytes(directory.resolve("Dockerfile"))));
        var golden = directory.resolve("graph.txt");
        if (Boolean.getBoolean("golden.update")) Files.writeString(golden, actual);
        assertThat(actual).isEqualTo(Files.readString(golden));
    }

    private static String describe(Parsing parsing) {
        var text = new StringBuilder();
        switch (parsing) {
            case Parsing.Unparsable(var directives, var phase, var problems) -> {
                text.append("refused in phase ").append(phase).append('\n');
                problems.forEach(problem -> text.append(problem).append('\n'));
            }
            case Parsing.Parsed(var dockerfile, var warnings) -> {
                warnings.forEach(
                        warning -> text.append("warning ").append(warning).append('\n'));
                switch (StageGraph.of(dockerfile, BuildOptions.DEFAULT)) {
                    case Charting.Charted(var graph, var more) -> {
                        more.forEach(warning ->
                                text.append("warning ").append(warning).append('\n'));
                        describe(graph, text);
                    }
                    case Charting.Unbuildable(var phase, var graph, var problems) -> throw new AssertionError(problems);
                    case Charting.Unresolved(var phase, var args, var problems) -> throw new AssertionError(problems);
                }
            }
        }
        return text.toString();
    }

    private static void describe(StageGraph graph, StringBuilder text) {
        for (var stage : graph.stages()) {
            text.append("stage ").append(stage.written().label()).append(" on ").append(stage.base());
            if (!stage.platform().isEmpty()) text.append(" for ").append(stage.platform());
            text.append('\n');
            for (var step : graph.steps(stage.index())) {
                text.append("  ").append(step.label()).append(step.triggered() ? " ONBUILD " : " ");
                text.append(step.instruction().keyword()).append(" lines ");
                text.append(step.lines().first())
                        .append('-')
                        .append(step.lines().last())
                        .append('\n');
            }
        }
        graph.edges().forEach(edge -> text.append(edge).append('\n'));
        text.append("needed ")
                .append(names(graph.reachable(graph.targetIndex())))
                .append('\n');
        text.append("leaves ").append(names(graph.leaves(Builder.BUILDKIT))).append('\n');
        text.append("leaves classic ")
                .append(names(graph.leaves(Builder.CLASSIC)))
                .append('\n');
    }

    private static List<String> names(List<BuildStage> stages) {
        return stages.stream().map(stage -> stage.written().label()).toList();
    }
}
