package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.PastBuild.Stage;
import dev.sledge.build.PastBuild.Step;
import dev.sledge.plan.Exports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a build that hit nothing says of its cache, by real logs of BuildKit: all of them build the same example. */
class CacheProofTest {
    private static final LogCase ALL_RUN = LogCase.of("all-run");
    private static final LogCase PARTLY_HIT = LogCase.of("partly-hit");
    private static final List<String> CACHE = past(ALL_RUN).wrote();

    private static PastBuild past(LogCase build) {
        return PastBuild.of(build.record(), BuildKitLog.read(build.text()));
    }

    /** A build before, whose steps are those of another one. */
    private static PastBuild before(List<String> wrote, String ended, List<Stage> stages) {
        return new PastBuild(
                "p:before", "b-main", "c0ffee", "registry", wrote, ended, 1, Exports.ALL, 0, 0, 0, false, stages);
    }

    private static Optional<String> broken(LogCase build, String text, PastBuild... past) {
        return CacheProof.broken(build.record(text), BuildKitLog.read(text), List.of(past));
    }

    private static Optional<String> broken(PastBuild... past) {
        return broken(ALL_RUN, ALL_RUN.text(), past);
    }

    private static Instant started() {
        return ALL_RUN.record().finished().started();
    }

    /** A moment before the build started. */
    private static String before() {
        return started().minusSeconds(60).toString();
    }

    @Test
    void stepsThatTheBuildBeforeWroteMustBeFound() {
        assertThat(ALL_RUN.record().hits()).isZero();
        assertThat(CACHE).isNotEmpty();
        // The first step is the same in both. The second takes files, so BuildKit gave it and all after it another
        // digest.
        assertThat(broken(before(CACHE, before(), past(PARTLY_HIT).stages())))
                .get()
                .asString()
                .contains("build p:before wrote WORKDIR /src into it");
    }

    @Test
    void nothingIsExpectedOfWhatWasNotWrittenHereOrLongAgo() {
        var stages = past(PARTLY_HIT).stages();
        assertThat(broken()).isEmpty();
        assertThat(broken(before(List.of(), before(), stages))).isEmpty();
        assertThat(broken(before(List.of("elsewhere:b-x"), before(), stages))).isEmpty();
        var old = started().minus(Duration.ofDays(11)).toString();
        assertThat(broken(before(CACHE, old, stages))).isEmpty();
    }

    /** Two builds of a new repository at once both find nothing. */
    @Test
    void aBuildThatEndedWhileThisOneRanWroteTooLate() {
        var meanwhile = started().plusSeconds(1).toString();
        var stages = past(PARTLY_HIT).stages();
        assertThat(broken(before(CACHE, meanwhile, stages))).isEmpty();
        assertThat(broken(before(CACHE, meanwhile, stages), before(CACHE, before(), stages)))
                .isPresent();
    }

    @Test
    void stepsWithTheSameWordsAndAnotherDigestAreOthers() {
        var others = past(PARTLY_HIT).stages().stream()
                .map(stage -> new Stage(
                        stage.name(),
                        stage.kept(),
                        stage.steps().stream()
                                .map(step -> new Step(step.instruction(), "sha256:0", step.hit(), step.seconds()))
                                .toList()))
                .toList();
        assertThat(broken(before(CACHE, before(), others))).isEmpty();
    }

    /** What a URL gives may have changed, and BuildKit's digest with it would not. */
    @Test
    void whatBuildsOnAnUrlIsNotExpected() {
        var earlier = before(CACHE, before(), past(ALL_RUN).stages());
        var text = ALL_RUN.text().replace("[build 2/6] WORKDIR /src", "[build 2/6] ADD https://example.com/tool /src");
        assertThat(broken(ALL_RUN, text, earlier)).isEmpty();
        assertThat(broken(earlier)).isPresent();
    }

    @Test
    void aBuildThatHitSomethingHasACacheThatWorks() {
        assertThat(broken(
                        PARTLY_HIT,
                        PARTLY_HIT.text(),
                        before(CACHE, before(), past(ALL_RUN).stages())))
                .isEmpty();
    }
}
