package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.local.FaultyPort;
import dev.sledge.local.RunningServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Builds whose cache lies behind something that does not work: the build succeeds, its record says what happened, and the next one to which
 * nothing happens finds a whole cache.
 */
class FaultyCacheIT {
    /** ECR's own words. */
    private static final String IMMUTABLE =
            "{\"errors\":[{\"code\":\"TAG_INVALID\",\"message\":\"The image tag 'cache-b-main' already exists"
                    + " and cannot be overwritten because the tag is immutable.\"}]}";

    private static final String UNSUPPORTED =
            "{\"errors\":[{\"code\":\"MANIFEST_INVALID\",\"message\":\"Invalid parameter at"
                    + " 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'\"}]}";

    private static final Pattern MANIFEST = Pattern.compile("PUT /v2/\\S+/manifests/");

    @RegisterExtension
    static final RunningServices RUNNING = new RunningServices();

    @TempDir
    Path directory;

    private TestRepository example(String kind) throws IOException, InterruptedException {
        return example(directory, "faulty-" + kind, kind);
    }

    /** Three steps, of which the first two have nothing to do with {@code main.txt}; of a name that no test had before. */
    static TestRepository example(Path directory, String prefix, String kind) throws IOException, InterruptedException {
        var name = prefix + "-" + UUID.randomUUID();
        return TestRepository.create(Files.createTempDirectory(directory, name), name)
                .write("sledge.yml", "cache: " + kind + "\n")
                .write("Dockerfile", """
                        FROM debian:trixie-slim
                        COPY once.txt .
                        RUN head -c 12M /dev/urandom > /random
                        COPY main.txt .
                        """)
                .write("once.txt", "once\n")
                .write("main.txt", "first\n")
                .commit();
    }

    private static PlannedBuild planned(TestRepository repository) {
        return PlannedBuild.of(RUNNING.get(), repository);
    }

    /** What the build reads and writes, behind {@code port}. */
    private static PlannedBuild through(FaultyPort port, PlannedBuild build) {
        RUNNING.get().expose(port.port());
        return build.cachedAt("127.0.0.1:" + port.port());
    }

    static FaultyPort beforeTheRegistry(PlannedBuild build, FaultyPort.Fault fault) {
        var registry = build.plan().output().image().registry();
        return new FaultyPort(Integer.parseInt(registry.substring(registry.indexOf(':') + 1)), fault);
    }

    private static void nextFindsAll(TestRepository repository) throws Exception {
        repository.commit();
        assertThat(planned(repository).run().cacheFaults()).isEmpty();
        repository.commit();
        var healed = planned(repository).run();
        assertThat(healed.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(healed.cacheFaults()).isEmpty();
        assertThat(healed.hits()).isEqualTo(3);
    }

    private static BuildRecord changed(TestRepository repository, FaultyPort port) throws Exception {
        repository.write("main.txt", UUID.randomUUID() + "\n").commit();
        var record = through(port, planned(repository)).run();
        assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(record.image()).isNotEmpty();
        return record;
    }

    @Test
    void aSlowRegistryIsWaitedFor() throws Exception {
        var repository = example("registry");
        planned(repository).run();
        try (var slow = beforeTheRegistry(planned(repository), sent -> {
            Thread.sleep(300);
            return Optional.empty();
        })) {
            var record = changed(repository, slow);
            assertThat(record.hits()).isEqualTo(2);
            assertThat(record.cacheFaults()).isEmpty();
        }
        nextFindsAll(repository);
    }

    @Test
    void aRegistryThatNeverAnswersIsBuiltWithout() throws Exception {
        var repository = example("registry");
        planned(repository).run();
        try (var silent = beforeTheRegistry(planned(repository), sent -> {
            Thread.sleep(600_000);
            return Optional.empty();
        })) {
            repository.write("main.txt", "second\n").commit();
            var build = through(silent, planned(repository));
            var record = build.run();
            assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
            assertThat(record.image()).isNotEmpty();
            assertThat(record.cacheFaults())
                    .anySatisfy(
                            fault -> assertThat(fault).contains("was not read: there was no answer within ten seconds"))
                    .anySatisfy(fault -> assertThat(fault).contains("exporting cache to registry failed"));
        }
        nextFindsAll(repository);
    }

    @ParameterizedTest
    @ValueSource(strings = {IMMUTABLE, UNSUPPORTED})
    void aRegistryThatRefusesTheCacheStopsNothing(String words) throws Exception {
        var repository = example("registry");
        planned(repository).run();
        var answer =
                "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + words.length() + "\r\n\r\n" + words;
        try (var refusing = beforeTheRegistry(
                planned(repository), sent -> MANIFEST.matcher(sent).find() ? Optional.of(answer) : Optional.empty())) {
            var record = changed(repository, refusing);
            assertThat(refusing.struck()).isPositive();
            assertThat(record.hits()).isEqualTo(2);
            assertThat(record.cacheFaults()).singleElement().asString().contains("400 Bad Request");
        }
        nextFindsAll(repository);
    }

    @Test
    void aRegistryThatDiesInMidExportLeavesTheCacheAsItWas() throws Exception {
        var repository = example("registry");
        var sent = new AtomicLong();
        try (var dying = beforeTheRegistry(
                planned(repository),
                chunk -> sent.addAndGet(chunk.length()) > 4 << 20 ? Optional.of("") : Optional.empty())) {
            var record = changed(repository, dying);
            assertThat(dying.struck()).isPositive();
            assertThat(record.runs()).isEqualTo(3);
            assertThat(record.cacheFaults()).isNotEmpty();
        }
        nextFindsAll(repository);
    }

    /** Builds what is committed; the agent's {@code commands} reach S3 through {@code port}. */
    private static BuildRecord throughS3(FaultyPort port, String commands, TestRepository repository) {
        RUNNING.get().expose(port.port());
        var record = planned(repository)
                .run(buildspec -> buildspec.replaceAll(
                        "sledge-agent 1 (" + commands + ")",
                        "AWS_ENDPOINT_URL=http://127.0.0.1:" + port.port() + " sledge-agent 1 $1"));
        assertThat(port.struck()).isPositive();
        assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(record.image()).isNotEmpty();
        assertThat(record.cacheFaults()).isNotEmpty();
        return record;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tarball", "layout"})
    void anS3ThatFailsHalfWayLeavesTheCacheAsItWas(String kind) throws Exception {
        var repository = example(kind);
        planned(repository).run();
        repository.write("once.txt", "twice\n").commit();
        var sent = new AtomicLong();
        try (var dying = new FaultyPort(
                RUNNING.s3Port(),
                chunk -> sent.addAndGet(chunk.length()) > 2 << 20 ? Optional.of("") : Optional.empty())) {
            assertThat(throughS3(dying, "put|layout", repository).runs()).isEqualTo(3);
        }
        nextFindsAll(repository);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tarball", "layout"})
    void anS3ThatFailsWhileItIsReadIsBuiltWithout(String kind) throws Exception {
        var repository = example(kind);
        planned(repository).run();
        repository.write("main.txt", "second\n").commit();
        try (var dying = new FaultyPort(
                RUNNING.s3Port(), chunk -> chunk.startsWith("GET ") ? Optional.of("") : Optional.empty())) {
            assertThat(throughS3(dying, "get|layout", repository).hits()).isZero();
        }
        nextFindsAll(repository);
    }
}
