package dev.sledge.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.dockerfile.IgnoreFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a Dockerfile holds, advice comes back, and soon; the limit here only tells a hang from an answer. */
class HostileDockerfileTest {
    private static final Duration HANG = Duration.ofSeconds(30);

    static Stream<String> dockerfiles() {
        var commands = Stream.of(
                        "cd a;",
                        "a&&",
                        "$(",
                        "`",
                        "\\\"",
                        "'",
                        "((",
                        "a=b ",
                        "<<",
                        ">&1 ",
                        "npm ci;",
                        "{ ",
                        "$",
                        "sudo ",
                        "pip install -r a;")
                .map(unit -> "FROM x\nCOPY . .\nRUN " + joined(unit) + "\n");
        var files = Stream.of(
                "FROM x\n" + "COPY . .\nRUN npm ci\n".repeat(200),
                "FROM x AS a0\n" + chain(300),
                "FROM x\n" + "ARG GIT_SHA\nRUN apt-get install a\n".repeat(200),
                "FROM x\n" + "COPY . .\n".repeat(200),
                "FROM x\n" + "RUN true\n".repeat(100_000),
                "FROM x\n" + "# sledge ignore=DC01\n".repeat(10_000) + "RUN true\n");
        return Stream.concat(commands, files);
    }

    /** 200 kB of one unit, on as many lines as the parser wants. */
    private static String joined(String unit) {
        return (unit.repeat(2000 / unit.length()) + "\\\n").repeat(100) + "true";
    }

    private static String chain(int stages) {
        var text = new StringBuilder();
        IntStream.range(1, stages).forEach(i -> text.append("FROM a" + (i - 1) + " AS a" + i + "\n"));
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void isAnswered(String text) {
        Assertions.assertTimeoutPreemptively(
                HANG, () -> assertThat(advice(text)).isNotNull());
    }

    @Test
    void aFileThatIsTooLongForAdviceIsToldFromOneWithoutFaults() {
        assertThat(advice("FROM x:1\n" + "RUN true\n".repeat(1000))).isEqualTo(new Advice.TooLong(1001));
        assertThat(advice("FROM x:1\n" + "RUN true\n".repeat(999))).isEqualTo(new Advice.Given(List.of()));
    }

    private static Advice advice(String text) {
        var paths = IntStream.range(0, 1000).mapToObj(i -> "src/file" + i).toList();
        return Advice.on(AdviceCase.review(
                text, new BuildContext(paths, IgnoreFile.NONE, Optional.empty(), Optional.empty(), true)));
    }
}
