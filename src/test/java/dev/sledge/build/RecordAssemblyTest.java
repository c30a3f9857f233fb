package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordAssemblyTest {
    private static final LogCase BUILD = LogCase.of("all-run");

    private static BuildPlan frozen(BuildPlan plan) {
        return new BuildPlan(
                plan.source(),
                plan.output(),
                plan.recipe(),
                plan.stages(),
                plan.images(),
                new Cache.Frozen(List.of("hello/cache-b-main"), List.of("hello/cache-b-main"), new Cache.None()),
                plan.decision(),
                plan.mounts(),
                plan.experience(),
                plan.timeout());
    }

    private static List<String> faults(String frozen) {
        return RecordAssembly.assemble(
                        frozen(BUILD.plan()),
                        BUILD.record().finished(),
                        BUILD.read(BUILD.text()),
                        new EngineReport.Untold(),
                        new CacheLogs("", "", "", frozen),
                        Optional.empty())
                .cacheFaults();
    }

    @Test
    void aBuildThatSaysNothingOfItsFrozenEngineHadAnEngineAlready() {
        assertThat(faults("")).singleElement().asString().contains("the build's container has one already");
        assertThat(faults("{\"frozen\":{\"images\":1}}\n")).isEmpty();
    }
}
