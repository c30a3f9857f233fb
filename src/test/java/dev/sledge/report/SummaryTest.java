package dev.sledge.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.Golden;
import dev.sledge.build.LogCase;
import dev.sledge.plan.Planning;
import dev.sledge.plan.PushCase;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person reads of the plans and builds that lie in directories of other tests. */
class SummaryTest {
    static List<PushCase> plans() {
        return Golden.cases("plan").stream()
                .map(PushCase::of)
                .filter(push -> push.plan() instanceof Planning.Planned)
                .toList();
    }

    static List<LogCase> builds() {
        return LogCase.all();
    }

    @ParameterizedTest
    @MethodSource("plans")
    void printsTheGoldenPlan(PushCase push) {
        if (push.plan() instanceof Planning.Planned(var plans, var warnings)) {
            var text = plans.stream().map(PlanSummary::of).collect(Collectors.joining("\n"));
            Golden.check(push.directory().resolve("summary.txt"), text);
        }
    }

    @ParameterizedTest
    @MethodSource("builds")
    void printsTheGoldenRecord(LogCase build) {
        Golden.check(build.directory().resolve("summary.txt"), RecordSummary.of(build.record()));
    }

    @Test
    void readsTheSameInEveryCountry() {
        var build = LogCase.of("partly-hit");
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(RecordSummary.of(build.record()))
                    .isEqualTo(Golden.read(build.directory().resolve("summary.txt")));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"a  b\n\tc\", 20, a b c",
                "\"a\u001b[31mb\", 20, a?[31mb",
                "abcdef, 6, abcdef",
                "abcdefg, 6, abcde…",
                "🚀🚀🚀🚀, 3, 🚀🚀…",
            })
    void aLineIsOneLineAndNoWiderThanItMay(String text, int width, String line) {
        assertThat(Printable.line(text, width)).isEqualTo(line);
    }
}
