package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.PastBuild.Stage;
import dev.sledge.build.PastBuild.Step;
import dev.sledge.image.ImageName;
import dev.sledge.plan.CacheTrial;
import dev.sledge.plan.CacheTrial.Kind;
import dev.sledge.plan.Exports;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What past builds tell of what their caches were worth. */
class CacheTrialsTest {
    private static PastBuild build(String id, String cache, double cacheSeconds, Step... steps) {
        return new PastBuild(
                id,
                "b-main",
                "c0ffee",
                cache,
                List.of(),
                "2026-11-29T06:00:00Z",
                60,
                Exports.ALL,
                cacheSeconds,
                9,
                250,
                false,
                List.of(new Stage("build", true, List.of(steps))));
    }

    private static Step ran(String instruction, double seconds) {
        return new Step(instruction, "sha256:1", false, seconds);
    }

    private static Step hit(String instruction, double fetched) {
        return new Step(instruction, "sha256:1", true, fetched);
    }

    @Test
    void aHitSavesWhatItsStepTookWhenItRanLast() {
        var trials = new CacheTrials(List.of(
                        build("p:3", "registry", 7, hit("RUN deps", 3), ran("RUN build", 20)),
                        build("p:2", "registry", 2, ran("RUN deps", 41), ran("RUN build", 22)),
                        build("p:1", "registry", 0, ran("RUN deps", 90), ran("RUN build", 19))))
                .all();
        assertThat(trials.getFirst())
                .isEqualTo(new CacheTrial(
                        "p:3",
                        Kind.REGISTRY,
                        Exports.ALL,
                        1,
                        7,
                        41,
                        20,
                        9,
                        true,
                        List.of(new CacheTrial.Stage("build", true, 3, 61))));
        assertThat(trials).extracting(CacheTrial::build).containsExactly("p:3", "p:2", "p:1");
    }

    @Test
    void whatNeverRanIsOfUnknownWorth() {
        var trial = new CacheTrials(List.of(build("p:1", "registry", 7, hit("RUN deps", 3), ran("RUN build", 20))))
                .all()
                .getFirst();
        assertThat(trial.saved()).isZero();
        assertThat(trial.stages().getFirst().rebuilt()).isZero();
    }

    @Test
    void kindsThatSomebodyAskedForAreNoTrials() {
        assertThat(new CacheTrials(List.of(build("p:1", "tarball", 7, ran("RUN build", 20)))).all())
                .isEmpty();
    }

    @Test
    void buildsWithoutACacheDoNotMakeForgottenWhatItWasWorth() {
        var files = new SharedFilesInMemory();
        var image = new ImageName("127.0.0.1:5000", "sledge/a/b");
        var cached = Stream.iterate(1, i -> i + 1)
                .limit(20)
                .map(i -> build("c:" + i, "registry", 7, ran("RUN build", 20)))
                .toList();
        var none = Stream.iterate(1, i -> i + 1)
                .limit(80)
                .map(i -> build("n:" + i, "none", 0, ran("RUN build", 20)))
                .toList();
        var history = new BuildHistory(files);
        cached.forEach(build -> history.add(image, build));
        none.forEach(build -> history.add(image, build));
        var caches = history.past(image).caches();
        assertThat(caches).filteredOn(trial -> trial.kind() == Kind.NONE).hasSize(60);
        assertThat(caches)
                .filteredOn(trial -> trial.kind() == Kind.REGISTRY)
                .extracting(CacheTrial::build)
                .startsWith("c:20", "c:19")
                .hasSize(10);
    }
}
