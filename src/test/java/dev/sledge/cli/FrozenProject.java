package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.local.RunningServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A repository whose builds go on with each other's engines, whatever is done to them in between. */
final class FrozenProject {
    /** Four steps, of which the first two can be hit; the last reads all that there is. */
    private static final String DOCKERFILE = """
            FROM debian:trixie-slim
            COPY once.txt .
            RUN head -c 3M /dev/urandom > /random && cat once.txt > /made.txt
            COPY main.txt .
            RUN find /usr /random -xdev -type f -exec cat {} + | wc -c > /size && cat /made.txt main.txt > /out.txt
            CMD ["cat", "/out.txt"]
            """;

    private final RunningServices running;
    private final TestRepository repository;
    private BuildRecord newest;

    private FrozenProject(RunningServices running, TestRepository repository) throws Exception {
        this.running = running;
        this.repository = repository;
        this.newest = build(running, repository, "first", buildspec -> buildspec);
    }

    /** A new one, which was built once. */
    static FrozenProject create(RunningServices running, Path directory) throws Exception {
        var name = "damaged-" + UUID.randomUUID();
        return new FrozenProject(
                running,
                TestRepository.create(Files.createTempDirectory(directory, name), name)
                        .write("sledge.yml", "cache: frozen\n")
                        .write("Dockerfile", DOCKERFILE)
                        .write("once.txt", "once\n")
                        .write("main.txt", "first\n")
                        .commit());
    }

    private static BuildRecord build(
            RunningServices running, TestRepository repository, String main, UnaryOperator<String> buildspec)
            throws Exception {
        var record = PlannedBuild.of(
                        running.get(), repository.write("main.txt", main + "\n").commit())
                .run(buildspec);
        assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(running.get().engine().docker("run", "--rm", PlannedBuild.pinned(record)))
                .isEqualTo("once\n" + main);
        return record;
    }

    /** Builds another line of source, with something in the way; the image has that line. */
    BuildRecord build(String main, UnaryOperator<String> buildspec) throws Exception {
        newest = build(running, repository, main, buildspec);
        return newest;
    }

    /** Builds another line of source; the image has that line. */
    BuildRecord build(String main) throws Exception {
        return build(main, buildspec -> buildspec);
    }

    /** What is in the store. */
    FrozenFiles files() {
        return FrozenFiles.of(running, newest);
    }

    /** The build before has begun anew, or left what was there: the next one goes on with it and hits what it can. */
    void isWellAgain() throws Exception {
        var healed = build("healed " + UUID.randomUUID());
        assertThat(healed.cacheFaults()).isEmpty();
        assertThat(healed.cache().frozen().thawed()).isPresent();
        assertThat(healed.hits()).isEqualTo(2);
        assertThat(healed.cache().frozen().frozen()).isPresent();
    }
}
