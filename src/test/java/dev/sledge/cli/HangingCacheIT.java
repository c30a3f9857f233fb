package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.EngineReport;
import dev.sledge.local.FaultyPort;
import dev.sledge.local.RunningServices;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds whose registry says that it has their cache, and then does not give it. */
class HangingCacheIT {
    private static final Pattern BLOB = Pattern.compile("GET /v2/\\S+/blobs/");

    @RegisterExtension
    static final RunningServices RUNNING = new RunningServices();

    @TempDir
    Path directory;

    /**
     * The registry of a build, which does not go on at one of the blobs.
     *
     * @param blob its number; the first that a build reads of its cache says which layers there are, all after it are layers
     */
    static FaultyPort at(int blob, PlannedBuild build) {
        var blobs = new AtomicInteger();
        return FaultyCacheIT.beforeTheRegistry(build, sent -> {
            if (BLOB.matcher(sent).find() && blobs.incrementAndGet() == blob) {
                Thread.sleep(600_000);
            }
            return Optional.empty();
        });
    }

    /** The only fault of a build that was ended for it. */
    static void isWhatDidNotCome(List<String> faults, String what) {
        assertThat(faults)
                .singleElement()
                .asString()
                .startsWith("the build broke over its cache, and was done again without it:"
                        + " ERROR: for half a minute nothing came: " + what);
    }

    @ParameterizedTest
    @CsvSource({"1, importing cache manifest from ", "2, sha256:"})
    void aRegistryThatHangsOverABlobIsBuiltWithout(int blob, String what) throws Exception {
        var repository = FaultyCacheIT.example(directory, "hanging", "registry");
        var build = PlannedBuild.of(RUNNING.get(), repository);
        build.run();
        repository.write("main.txt", "second\n").commit();
        try (var hanging = at(blob, build)) {
            RUNNING.get().expose(hanging.port());
            var record = build.cachedAt("127.0.0.1:" + hanging.port()).run();
            assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
            assertThat(record.runs()).isEqualTo(3);
            isWhatDidNotCome(record.cacheFaults(), what);
            assertThat(record.engine())
                    .isInstanceOfSatisfying(
                            EngineReport.Told.class,
                            told -> assertThat(told.why()).startsWith("the one before waited for its cache still"));
        }
        repository.write("main.txt", "third\n").commit();
        var healed = build.run();
        assertThat(healed.cacheFaults()).isEmpty();
        assertThat(healed.hits()).isEqualTo(2);
    }
}
