package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.local.RunningServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds whose engine goes on with the state of an earlier one. */
class FrozenIT {
    /** Six steps that can be hit, of which three have nothing to do with {@code src}; and a mount whose content tells how often it was used. */
    private static final String DOCKERFILE = """
            FROM debian:trixie-slim AS build
            WORKDIR /src
            COPY deps.txt .
            RUN --mount=type=cache,target=/kept cp deps.txt fetched.txt && echo deps >> /kept/log
            COPY src/ src/
            RUN --mount=type=cache,target=/kept echo build >> /kept/log && cp /kept/log log.txt && cat fetched.txt src/main.txt > out.txt

            FROM debian:trixie-slim AS package
            COPY --from=build /src/out.txt /src/log.txt /
            CMD ["cat", "/out.txt", "/log.txt"]
            """;

    @RegisterExtension
    static final RunningServices RUNNING = new RunningServices();

    @TempDir
    Path directory;

    private TestRepository example() throws IOException, InterruptedException {
        var name = "frozen-" + UUID.randomUUID();
        return TestRepository.create(Files.createTempDirectory(directory, name), name)
                .write("sledge.yml", "cache: frozen\n")
                .write("Dockerfile", DOCKERFILE)
                .write("deps.txt", "deps\n")
                .write("src/main.txt", "main\n")
                .commit();
    }

    private static BuildRecord build(TestRepository repository) {
        return build(repository, buildspec -> buildspec);
    }

    private static BuildRecord build(TestRepository repository, UnaryOperator<String> buildspec) {
        var record = PlannedBuild.of(RUNNING.get(), repository).run(buildspec);
        assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
        return record;
    }

    private static BuildRecord changed(TestRepository repository, String source) throws Exception {
        return build(repository.write("src/main.txt", source + "\n").commit());
    }

    private static String output(BuildRecord record) {
        return RUNNING.get().engine().docker("run", "--rm", PlannedBuild.pinned(record));
    }

    @Test
    void theNextBuildGoesOnWithTheEngineOfTheLast() throws Exception {
        var repository = example();
        var first = build(repository);
        assertThat(first.cacheFaults()).isEmpty();
        assertThat(first.cache().frozen().thawed()).isEmpty();
        assertThat(first.cache().frozen().frozen().orElseThrow().images()).isEqualTo(1);

        var second = changed(repository, "second");
        assertThat(second.cacheFaults()).isEmpty();
        var thawed = second.cache().frozen().thawed().orElseThrow();
        assertThat(thawed.way()).isEqualTo("lazy-kernel");
        assertThat(thawed.served().touched()).isPositive().isLessThan(thawed.size());
        assertThat(second.hits()).isEqualTo(3);
        assertThat(second.runs()).isEqualTo(3);
        assertThat(output(second)).isEqualTo("deps\nsecond\ndeps\nbuild\nbuild");

        var third = changed(repository, "third");
        assertThat(third.cacheFaults()).isEmpty();
        assertThat(third.hits()).isEqualTo(3);
        assertThat(third.cache().frozen().frozen().orElseThrow().images()).isEqualTo(3);
        assertThat(output(third)).isEqualTo("deps\nthird\ndeps\nbuild\nbuild\nbuild");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lazy-squashfuse", "whole-kernel", "whole-squashfuse", "unpacked"})
    void eachWayOfMountingWorks(String way) throws Exception {
        var repository = example();
        build(repository);
        UnaryOperator<String> forced = buildspec ->
                buildspec.replace("sledge-agent 1 thaw", "env SLEDGE_FROZEN_WAY=" + way + " sledge-agent 1 thaw");
        for (var source : new String[] {"second", "third"}) {
            var next = build(repository.write("src/main.txt", source + "\n").commit(), forced);
            assertThat(next.cacheFaults()).isEmpty();
            assertThat(next.cache().frozen().thawed().orElseThrow().way()).isEqualTo(way);
            assertThat(next.hits()).isEqualTo(3);
            assertThat(output(next)).startsWith("deps\n" + source + "\ndeps\nbuild\nbuild");
        }
    }
}
