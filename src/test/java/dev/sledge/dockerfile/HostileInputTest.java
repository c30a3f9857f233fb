package dev.sledge.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes come, an answer comes back, and for no more work than the bytes are worth.
 *
 * <p>Work is counted in allocated bytes, which do not depend on what else the machine does; the time limit only tells a
 * hang from an answer.
 */
class HostileInputTest {
    private static final Duration HANG = Duration.ofSeconds(20);
    private static final int MEBIBYTE = 1 << 20;

    static Stream<String> unitsToRepeat() {
        return Stream.of(
                "\\",
                "\\\n",
                "a\\\n",
                "\\\n\n",
                "<<A",
                "<<A ",
                "<<A\n",
                "${${${",
                "${A:-",
                "$",
                "'",
                "\"",
                "\\\"",
                "[",
                "[\"a\",",
                "{\"a\":",
                "#",
                "#\n",
                "# escape=`\n",
                "\n",
                "\r",
                "\r\n",
                " ",
                "\t",
                "\0",
                "\u00e9",
                "\ud83d\ude80",
                "--a ",
                "--mount=",
                ",",
                "=",
                "a=b ",
                "FROM ",
                "FROM a\n",
                "FROM a AS b\n",
                "ONBUILD ",
                "ONBUILD RUN a\n",
                "RUN <<A\n",
                "ARG A=$A$A\n",
                "COPY --from=a b c\n",
                "COPI a b\n",
                "RUN --mount=type=\"",
                "--mount=type=x \\\n ",
                "--a \\\n",
                "HEALTHCHECK --interval=1s",
                "LABEL a\n",
                "*",
                "a*",
                "FROM ${A#*a*a*a*a}\n");
    }

    static Stream<String> starts() {
        return Stream.of("", "FROM x\nRUN ", "ARG A=", "FROM x\nCOPY <<A ");
    }

    @ParameterizedTest
    @MethodSource("unitsToRepeat")
    void aMebibyteOfOneThingIsAnswered(String unit) {
        answered(text("", unit, MEBIBYTE));
    }

    /** Eight times the text may cost eight times the work, and a quarter more for what grows in leaps. */
    @ParameterizedTest
    @MethodSource("unitsToRepeat")
    void workGrowsNoFasterThanTheText(String unit) {
        for (var start : starts().toList()) {
            answer(text(start, unit, 4_000));
            long few = allocatedFor(text(start, unit, 32_000));
            long many = allocatedFor(text(start, unit, 256_000));
            assertThat(many)
                    .as("bytes for 256,000 of '%s' after '%s', where 32,000 take %d", unit, start, few)
                    .isLessThan(10 * few + MEBIBYTE / 2);
        }
    }

    private static byte[] text(String start, String unit, int size) {
        int times = (size - start.length()) / unit.getBytes(StandardCharsets.UTF_8).length;
        return (start + unit.repeat(times)).getBytes(StandardCharsets.UTF_8);
    }

    private static long allocatedFor(byte[] bytes) {
        var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        answer(bytes);
        return thread.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void randomBytesAreAnswered() {
        var random = new Random(20261124);
        for (int i = 0; i < 200; i++) {
            var bytes = new byte[random.nextInt(4000)];
            random.nextBytes(bytes);
            answered(bytes);
        }
    }

    @Test
    void randomHeapsOfSyntaxAreAnswered() {
        var random = new Random(20261124);
        var pieces = unitsToRepeat().toList();
        for (int i = 0; i < 1000; i++) {
            var text = new StringBuilder("FROM x\n");
            IntStream.range(0, random.nextInt(60)).forEach(n -> text.append(pieces.get(random.nextInt(pieces.size()))));
            answered(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void variablesThatDoubleAreRefused() {
        var text = "ARG A0=xxxxxxxxxxxxxxxx\n"
                + String.join(
                        "",
                        IntStream.range(0, 40)
                                .mapToObj(i -> "ARG A" + (i + 1) + "=$A" + i + "$A" + i + "\n")
                                .toList())
                + "FROM $A40\n";
        assertThat(Reading.verdict(text)).startsWith("META_ARGS ").contains("expand to more than 65536 characters");
    }

    @Test
    void patternsOverLongValuesAreRefusedBeforeTheyTakeLong() {
        var text = "ARG A=" + "a".repeat(60_000) + "\n" + ("ARG B=${A##" + "*a".repeat(20_000) + "b}\n").repeat(20)
                + "FROM x\n";
        Assertions.assertTimeoutPreemptively(
                HANG, () -> assertThat(Reading.verdict(text)).startsWith("META_ARGS "));
    }

    @Test
    void triggersTimesChildrenAreBounded() {
        var text = "FROM x AS a\n" + "ONBUILD RUN b\n".repeat(20_000) + "FROM a\n".repeat(50_000);
        Assertions.assertTimeoutPreemptively(
                HANG, () -> assertThat(Reading.verdict(text)).contains("[NOT_SUPPORTED]"));
    }

    @Test
    void aFileBeyondTheLimitIsRefused() {
        var bytes = new byte[DockerfileParser.LARGEST_FILE + 1];
        assertThat(DockerfileParser.parse("Dockerfile", bytes))
                .isInstanceOfSatisfying(
                        Parsing.Unparsable.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .hasToString(
                                        "Dockerfile: the file has 1048577 bytes, more than 1048576 [DOCKERFILE_TOO_LARGE];"
                                                + " move what it carries into files of the build context"));
    }

    @Test
    void aLineBeyondTheScannersBufferIsRefused() {
        assertThat(Reading.problems("FROM x\n#" + "a".repeat(DockerfileParser.LONGEST_LINE - 2) + "\n"))
                .isEmpty();
        assertThat(Reading.problems("FROM x\n#" + "a".repeat(DockerfileParser.LONGEST_LINE - 1) + "\n"))
                .containsExactly(
                        "Dockerfile:2: the line has 65537 bytes, more than BuildKit reads [DOCKERFILE_TOO_LARGE];"
                                + " break it with continuations");
    }

    private static void answered(byte[] bytes) {
        Assertions.assertTimeoutPreemptively(HANG, () -> answer(bytes));
    }

    private static void answer(byte[] bytes) {
        if (DockerfileParser.parse("Dockerfile", bytes) instanceof Parsing.Parsed(var dockerfile, var warnings)) {
            assertThat(StageGraph.of(dockerfile, BuildOptions.DEFAULT)).isNotNull();
        }
    }
}
