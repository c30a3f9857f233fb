package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.Golden;
import dev.sledge.Property;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs of real builds, what is read of them, and what is when they are damaged. */
class BuildLogTest {
    static List<LogCase> cases() {
        return LogCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsTheGoldenLog(LogCase build) {
        var log = build.read(build.text());
        var text = new StringBuilder();
        for (var stage : build.plan().stages()) {
            text.append(stage.name()).append('\n');
            for (var step : stage.steps()) {
                text.append("  ").append(describe(log.outcome(stage, step))).append(' ');
                text.append(step.instruction()).append('\n');
            }
        }
        log.lastWords().forEach(line -> text.append("word ").append(line).append('\n'));
        log.cacheFaults().forEach(line -> text.append("fault ").append(line).append('\n'));
        Golden.check(build.directory().resolve("expected.txt"), text.toString());
    }

    private static String describe(StepOutcome outcome) {
        var seconds = String.format(Locale.ROOT, "%.3f s", outcome.took().toNanos() / 1e9);
        return switch (outcome) {
            case StepOutcome.Hit hit -> "hit " + seconds;
            case StepOutcome.Ran ran -> "ran " + seconds;
            case StepOutcome.Failed failed -> "FAILED " + seconds + " (" + failed.error() + ") " + failed.output();
            case StepOutcome.NotReached notReached -> "not reached";
        };
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesTheGoldenRecord(LogCase build) {
        Golden.check(build.directory().resolve("record.json"), RecordJson.text(build.record()) + "\n");
    }

    private static List<StepOutcome> outcomes(BuildRecord record) {
        return record.stages().stream()
                .flatMap(stage -> stage.steps().stream())
                .map(BuildRecord.StepRecord::outcome)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aLogThatIsCutOffSaysNothingThatTheWholeDoesNot(LogCase build) {
        var whole = build.text();
        var told = outcomes(build.record());
        Property.holds(60, random -> whole.substring(0, random.nextInt(whole.length())), cut -> {
            var outcomes = outcomes(build.record(cut));
            assertThat(outcomes).hasSameSizeAs(told);
            for (var i = 0; i < told.size(); i++) {
                var same = outcomes.get(i).getClass() == told.get(i).getClass();
                assertThat(same || outcomes.get(i) instanceof StepOutcome.NotReached)
                        .as("step %s: %s, then %s", i, outcomes.get(i), told.get(i))
                        .isTrue();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRecordComesOutOfAnyText(LogCase build) {
        var lines = build.text().lines().toList();
        Property.holds(
                60,
                random -> damaged(lines, random),
                text -> assertThat(outcomes(build.record(text))).hasSameSizeAs(outcomes(build.record())));
    }

    private static String damaged(List<String> lines, Random random) {
        var garbage = List.of(
                "",
                "{",
                "}",
                "{}",
                "{{",
                "[",
                "null",
                "1",
                "\"",
                "{\"vertexes\":1}",
                "{\"vertexes\":[1,{}]}",
                "{\"vertexes\":[{\"digest\":1,\"name\":2,\"started\":\"x\",\"completed\":\"y\",\"cached\":\"z\"}]}",
                "{\"logs\":[{\"vertex\":\"v\",\"data\":\"***\"}]}",
                "{\"time\":\"x\",\"line\":1}",
                "{\"time\":1,\"line\":\"Step 99999999999/1 : RUN x\"}",
                "{\"time\":-1e300,\"line\":\"Step 1/1 : FROM x\"}",
                "{\"time\":1e300,\"line\":\"Successfully built x\"}",
                "\0",
                "\ufeff",
                "ERROR: \ud800");
        return lines.stream()
                .flatMap(line -> switch (random.nextInt(20)) {
                    case 0 -> Stream.of(garbage.get(random.nextInt(garbage.size())));
                    case 1 -> Stream.of(line, garbage.get(random.nextInt(garbage.size())));
                    case 2 -> Stream.of(line.substring(random.nextInt(line.length() + 1)));
                    case 3 -> Stream.<String>empty();
                    default -> Stream.of(line);
                })
                .collect(Collectors.joining("\n"));
    }

    @Test
    void noLogMeansThatNoStepWasReached() {
        for (var build : cases()) {
            assertThat(outcomes(build.record(""))).hasOnlyElementsOfType(StepOutcome.NotReached.class);
        }
        var plan = LogCase.of("all-run").plan();
        var stage = plan.stages().getFirst();
        assertThat(BuildLog.none().outcome(stage, stage.steps().getFirst())).isInstanceOf(StepOutcome.NotReached.class);
    }
}
