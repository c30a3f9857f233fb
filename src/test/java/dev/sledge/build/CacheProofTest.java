package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.PastBuild.Stage;
import dev.sledge.build.PastBuild.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a build that hit nothing says of its cache, by real logs of BuildKit. */
class CacheProofTest {
    private static final LogCase ALL_RUN = LogCase.of("all-run");
    private static final BuildRecord RECORD = ALL_RUN.record();
    private static final BuildLog LOG = BuildKitLog.read(ALL_RUN.text());
    private static final PastBuild BEFORE = PastBuild.of(RECORD, LOG);

    private static PastBuild before(List<String> wrote, Map<String, String> args, String ended, List<Stage> stages) {
        return new PastBuild("p:before", BEFORE.ref(), BEFORE.commit(), BEFORE.cache(), wrote, args, ended, 1, stages);
    }

    private static List<Stage> stages(String base, String first) {
        return BEFORE.stages().stream()
                .map(stage -> new Stage(
                        stage.name(),
                        base.isEmpty() ? stage.base() : base,
                        stage.steps().stream()
                                .map(step -> new Step(first.isEmpty() ? step.instruction() : first, false, 1))
                                .toList()))
                .toList();
    }

    private static boolean isBroken(PastBuild... past) {
        return CacheProof.broken(RECORD, LOG, List.of(past)).isPresent();
    }

    @Test
    void stepsThatTheBuildBeforeWroteMustBeFound() {
        var same = before(BEFORE.wrote(), BEFORE.args(), BEFORE.ended(), stages("", ""));
        assertThat(RECORD.hits()).isZero();
        assertThat(BEFORE.wrote()).isNotEmpty();
        assertThat(CacheProof.broken(RECORD, LOG, List.of(same)))
                .get()
                .asString()
                .contains("p:before");
    }

    @Test
    void nothingIsExpectedOfWhatWasNotWrittenHereOrLongAgoOrOtherwise() {
        var all = stages("", "");
        assertThat(isBroken()).isFalse();
        assertThat(isBroken(before(List.of(), BEFORE.args(), BEFORE.ended(), all)))
                .isFalse();
        assertThat(isBroken(before(List.of("elsewhere:b-x"), BEFORE.args(), BEFORE.ended(), all)))
                .isFalse();
        assertThat(isBroken(before(BEFORE.wrote(), Map.of("RUST", "1.85"), BEFORE.ended(), all)))
                .isFalse();
        assertThat(isBroken(before(BEFORE.wrote(), BEFORE.args(), "2020-01-01T00:00:00Z", all)))
                .isFalse();
    }

    @Test
    void anotherBaseImageOrInstructionIsAReasonToRun() {
        assertThat(isBroken(before(
                        BEFORE.wrote(), BEFORE.args(), BEFORE.ended(), stages("debian@sha256:" + "0".repeat(64), ""))))
                .isFalse();
        assertThat(isBroken(before(BEFORE.wrote(), BEFORE.args(), BEFORE.ended(), stages("", "RUN other"))))
                .isFalse();
        // From the first step that takes files on, files can be the reason.
        assertThat(isBroken(before(BEFORE.wrote(), BEFORE.args(), BEFORE.ended(), stages("", "COPY . ."))))
                .isFalse();
    }

    @Test
    void aBuildThatHitSomethingHasACacheThatWorks() {
        var partly = LogCase.of("partly-hit");
        assertThat(CacheProof.broken(
                        partly.record(),
                        BuildKitLog.read(partly.text()),
                        List.of(before(BEFORE.wrote(), BEFORE.args(), BEFORE.ended(), stages("", "")))))
                .isEmpty();
    }
}
