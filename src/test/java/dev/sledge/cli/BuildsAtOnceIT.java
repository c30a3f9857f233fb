package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.local.RunningServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two builds of one branch at the same time, of different commits, which write the same cache: whoever is last, it is a whole one. */
class BuildsAtOnceIT {
    @RegisterExtension
    static final RunningServices RUNNING = new RunningServices();

    @TempDir
    Path directory;

    private TestRepository checkout(String name, String kind) throws IOException, InterruptedException {
        return TestRepository.create(Files.createTempDirectory(directory, name), name)
                .write("sledge.yml", "cache: " + kind + "\n")
                .write("Dockerfile", """
                        FROM debian:trixie-slim AS build
                        COPY main.txt .
                        RUN head -c 6M /dev/urandom > /random && cat main.txt > out.txt
                        FROM debian:trixie-slim
                        COPY --from=build /out.txt .
                        CMD ["cat", "/out.txt"]
                        """)
                .write("main.txt", UUID.randomUUID() + "\n")
                .commit();
    }

    private static BuildRecord built(TestRepository repository) {
        var record = PlannedBuild.of(RUNNING.get(), repository).run();
        assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(record.cacheFaults()).isEmpty();
        return record;
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry", "inline", "tarball", "layout", "frozen", "classic"})
    void whatTheyLeaveIsWhole(String kind) throws Exception {
        var name = "at-once-" + kind + "-" + UUID.randomUUID();
        var one = checkout(name, kind);
        var other = checkout(name, kind);
        var first = CompletableFuture.supplyAsync(() -> built(one));
        var second = CompletableFuture.supplyAsync(() -> built(other));
        assertThat(first.join().runs() + second.join().runs()).isBetween(3L, 6L);

        one.commit();
        var again = built(one);
        var image = PlannedBuild.pinned(again);
        assertThat(RUNNING.get().engine().docker("run", "--rm", image) + "\n")
                .isEqualTo(Files.readString(one.directory().resolve("main.txt")));
        one.commit();
        assertThat(built(one).hits()).isEqualTo(3);
    }
}
