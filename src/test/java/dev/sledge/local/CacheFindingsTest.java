package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.PastBuild;
import dev.sledge.build.PastBuild.Stage;
import dev.sledge.build.PastBuild.Step;
import dev.sledge.build.PlanJson;
import dev.sledge.local.Doctor.Finding.State;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Exports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the doctor says of a cache. */
class CacheFindingsTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private final BuildPlan plan;
    private final List<String> writes;

    CacheFindingsTest() throws IOException {
        plan = PlanJson.read(Files.readString(Path.of("src/test/resources/build/logs/all-run/plan.json")));
        // As the registry was called before it had another port.
        writes = plan.cache().writes().stream()
                .map(name -> "127.0.0.1:1" + name.substring(name.indexOf('/')))
                .toList();
    }

    private static PastBuild build(String id, List<String> wrote, String ended, Exports exports, boolean hit) {
        var steps = List.of(new Step("RUN a", "sha256:1", hit, 3), new Step("RUN b", "sha256:2", false, 4));
        return new PastBuild(
                id,
                "b-main",
                "c0ffee",
                "registry",
                wrote,
                ended,
                60,
                exports,
                2,
                8,
                90,
                false,
                List.of(new Stage("build", true, steps)));
    }

    private PastBuild good() {
        return build("p:2", writes, "2026-11-29T11:00:00Z", Exports.ALL, true);
    }

    private void isPoor(String why, PastBuild... builds) {
        var finding = new CacheFindings(plan, List.of(builds), NOW).cache();
        assertThat(finding.state()).isEqualTo(State.POOR);
        assertThat(finding.detail()).startsWith("registry; ").contains(why);
    }

    @Test
    void beforeTheFirstBuildThereIsNothingToSay() {
        assertThat(new CacheFindings(plan, List.of(), NOW).cache().state()).isEqualTo(State.LATER);
    }

    @Test
    void aCacheThatHelpsIsSaidToHelp() {
        var finding = new CacheFindings(plan, List.of(good()), NOW).cache();
        assertThat(finding.state()).isEqualTo(State.OK);
        assertThat(finding.what()).isEqualTo("cache " + plan.output().image().path());
        assertThat(finding.detail()).isEqualTo("registry; build p:2 hit 1 of 2 steps");
    }

    @Test
    void whatKeepsACacheFromWorkingIsSaidInOneSentence() {
        isPoor(
                "the engine of build p:3 cannot write it",
                build("p:3", List.of(), "2026-11-29T11:30:00Z", Exports.INLINE, false),
                good());
        isPoor(
                "none of the newest 1 builds wrote what this ref reads",
                build("p:3", List.of(), "2026-11-29T11:30:00Z", Exports.ALL, false));
        isPoor("it was written last on 2026-11-10", build("p:1", writes, "2026-11-10T11:00:00Z", Exports.ALL, true));
        isPoor("build p:3 hit 0 of 2 steps", build("p:3", writes, "2026-11-29T11:30:00Z", Exports.ALL, false), good());
    }

    @Test
    void anEngineThatIsLeftAndNotThawedIsAskedAfter() throws IOException {
        var frozen = PlanJson.read(Files.readString(Path.of("src/test/resources/plan/cache-frozen/plan.json")));
        var first = frozen("p:1", false, frozen.cache().writes());
        assertThat(finding(frozen, first).state()).isEqualTo(State.OK);
        assertThat(finding(frozen, frozen("p:2", true, frozen.cache().writes()), first)
                        .state())
                .isEqualTo(State.OK);
        var poor = finding(frozen, frozen("p:2", false, frozen.cache().writes()), first);
        assertThat(poor.state()).isEqualTo(State.POOR);
        assertThat(poor.detail())
                .isEqualTo("frozen; build p:2 did not go on with the engine that build p:1 left; its record says why"
                        + " (cache.faults)");
    }

    private static Doctor.Finding finding(BuildPlan plan, PastBuild... builds) {
        return new CacheFindings(plan, List.of(builds), NOW).cache();
    }

    private static PastBuild frozen(String id, boolean thawed, List<String> wrote) {
        return new PastBuild(
                id,
                "b-main",
                "c0ffee",
                "frozen",
                wrote,
                "2026-11-29T11:00:00Z",
                60,
                Exports.ALL,
                2,
                8,
                90,
                thawed,
                List.of(new Stage("build", true, List.of(new Step("RUN a", "sha256:1", true, 3)))));
    }
}
