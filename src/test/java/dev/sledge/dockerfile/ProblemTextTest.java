package dev.sledge.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every problem that the reader can give, as the user sees it; {@code -Dgolden.update} writes the golden file anew. */
class ProblemTextTest {
    private static final Path CASES = Path.of("src/test/resources/dockerfile-problems/cases.txt");
    private static final Path GOLDEN = Path.of("src/test/resources/dockerfile-problems/problems.txt");
    private static final String TITLE = "=== ";

    /** Codes that other readers give, or that take more than a text or a line to come up. */
    private static final Set<Problem.Code> ELSEWHERE = EnumSet.of(
            Problem.Code.DOCKERFILE_MISSING,
            Problem.Code.DOCKERFILE_TOO_LARGE,
            Problem.Code.DOCKERFILE_SYNTAX,
            Problem.Code.UNKNOWN_TARGET,
            Problem.Code.SETTINGS_SYNTAX,
            Problem.Code.UNKNOWN_SETTING,
            Problem.Code.BAD_SETTING,
            Problem.Code.BAD_IGNORE_PATTERN,
            Problem.Code.NOT_SUPPORTED);

    @Test
    void problemsReadAsInTheGoldenFile() throws IOException {
        var actual = new StringBuilder();
        for (var file : cases()) {
            actual.append(TITLE).append(title(file)).append('\n');
            problems(file).forEach(problem -> actual.append(problem).append('\n'));
        }
        if (Boolean.getBoolean("golden.update")) Files.writeString(GOLDEN, actual);
        assertThat(actual).hasToString(Files.readString(GOLDEN));
    }

    @Test
    void eachCodeOfTheReaderIsAmongThem() throws IOException {
        var codes = EnumSet.noneOf(Problem.Code.class);
        for (var file : cases()) problems(file).forEach(problem -> codes.add(problem.code()));
        assertThat(codes).containsExactlyElementsOf(EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE)));
    }

    @Test
    void aTargetThatIsNoStageIsRefusedWithTheNearest() {
        assertThat(Reading.verdict("FROM x AS build\n", BuildOptions.DEFAULT.withTarget("biuld")))
                .isEqualTo(
                        "TARGET Dockerfile: there is no stage 'biuld' to build [UNKNOWN_TARGET]; did you mean build?");
    }

    private static List<String> cases() throws IOException {
        return Arrays.stream(Files.readString(CASES).split("(?m)^" + TITLE))
                .filter(file -> !file.isEmpty())
                .toList();
    }

    private static String title(String file) {
        return file.substring(0, file.indexOf('\n'));
    }

    /** All that is said of a file, warnings included. */
    private static List<Problem> problems(String file) {
        return switch (DockerfileParser.parse("Dockerfile", file.substring(file.indexOf('\n') + 1))) {
            case Parsing.Unparsable refused -> refused.problems();
            case Parsing.Parsed(var dockerfile, var warnings) -> {
                var all = new ArrayList<>(warnings);
                switch (StageGraph.of(dockerfile, BuildOptions.DEFAULT)) {
                    case Charting.Charted(var graph, var more) -> all.addAll(more);
                    case Charting.Unbuildable refused -> all.addAll(refused.problems());
                    case Charting.Unresolved refused -> all.addAll(refused.problems());
                }
                yield all;
            }
        };
    }
}
