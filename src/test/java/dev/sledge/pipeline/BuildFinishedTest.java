package dev.sledge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.Bucket;
import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.BuildRecord.Published;
import dev.sledge.build.FinishedBuild;
import dev.sledge.build.FinishedBuild.Phase;
import dev.sledge.build.FinishedBuild.Status;
import dev.sledge.build.Heads;
import dev.sledge.build.ImageRegistry.StoredImage;
import dev.sledge.build.PlanJson;
import dev.sledge.build.RegistryInMemory;
import dev.sledge.build.RegistryUnavailableException;
import dev.sledge.build.Repetitions;
import dev.sledge.build.ResultFolder;
import dev.sledge.build.ResultsInMemory;
import dev.sledge.build.SharedFilesInMemory;
import dev.sledge.build.StartedBuild;
import dev.sledge.event.CommitId;
import dev.sledge.event.RepositoryEvent.RefDeleted;
import dev.sledge.image.Digest;
import dev.sledge.plan.BuildPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BuildFinishedTest {
    private static final Path LOGS = Path.of("src/test/resources/build/logs");
    private static final StartedBuild BUILD = new StartedBuild("sledge:1", 1);
    private static final StoredImage IMAGE = new StoredImage(new Digest("sha256:" + "1".repeat(64)), List.of(10L, 20L));

    private final ResultsInMemory results = new ResultsInMemory();
    private final SharedFilesInMemory shared = new SharedFilesInMemory();
    private final Bucket bucket = new Bucket(results, shared, "s3://bucket");
    private final RegistryInMemory registry = new RegistryInMemory();

    private static FinishedBuild ended(StartedBuild build, Status status) {
        var phases = List.of(new Phase("BUILD", Duration.ofSeconds(5), status == Status.SUCCEEDED, "it broke"));
        return new FinishedBuild(
                build,
                "arn:" + build.id(),
                Instant.EPOCH.plus(Duration.ofMinutes(build.number())),
                Duration.ofSeconds(9),
                status,
                phases);
    }

    /** Stores what a build of a case of the real logs stores. */
    private BuildPlan stored(StartedBuild build, String name, byte[] log) throws IOException {
        var plan = PlanJson.read(Files.readString(LOGS.resolve(name + "/plan.json")));
        var folder = ResultFolder.of(plan, build);
        var source = plan.source();
        new Heads(shared).set(source.repository(), source.ref(), source.commit());
        results.put(folder, "plan.json", PlanJson.write(plan).getBytes(StandardCharsets.UTF_8));
        results.put(
                new ResultFolder("uploads/arn:" + build.id()),
                (name.startsWith("classic") ? "classic" : "buildkit") + ".jsonl.gz",
                log);
        return plan;
    }

    private BuildPlan stored(String name, byte[] log) throws IOException {
        return stored(BUILD, name, log);
    }

    private BuildPlan stored(String name) throws IOException {
        return stored(BUILD, name);
    }

    private BuildPlan stored(StartedBuild build, String name) throws IOException {
        var log = name.startsWith("classic") ? "/classic.jsonl" : "/buildkit.jsonl";
        return stored(build, name, gzip(Files.readAllBytes(LOGS.resolve(name + log))));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(compressed)) {
            stream.write(content);
        }
        return compressed.toByteArray();
    }

    private BuildRecord handle(BuildPlan plan, Status status) {
        return handle(plan, BUILD, status);
    }

    private BuildRecord handle(BuildPlan plan, StartedBuild build, Status status) {
        return new BuildFinished(bucket, registry, BuildStatuses.toNobody(), Repetitions.none())
                .handle(ResultFolder.of(plan, build), ended(build, status));
    }

    private JsonNode json(BuildPlan plan) throws JsonProcessingException {
        var json = results.get(ResultFolder.of(plan, BUILD), "record.json").orElseThrow();
        return new JsonMapper().readTree(new String(json, StandardCharsets.UTF_8));
    }

    @Test
    void aSuccessIsRecordedAndItsImageFollowsTheBranch() throws IOException {
        var plan = stored("partly-hit");
        registry.push(plan.output().commitImage(), IMAGE);

        var record = handle(plan, Status.SUCCEEDED);

        assertThat(registry.find(plan.output().refImage())).contains(IMAGE);
        assertThat(record.outcome()).isEqualTo(new Outcome.Succeeded());
        var tags = List.of(plan.output().commitTag(), plan.output().refTag());
        assertThat(record.image()).containsExactly(new Published(IMAGE, tags));
        assertThat(json(plan).at("/steps").toString()).isEqualTo("{\"hit\":3,\"run\":3}");
        assertThat(json(plan).at("/images/0/bytes").asLong()).isEqualTo(30);
    }

    @Test
    void theClassicBuildersLogIsReadAsSuch() throws IOException {
        var plan = stored("classic-partly-hit");
        registry.push(plan.output().commitImage(), IMAGE);
        var record = handle(plan, Status.SUCCEEDED);
        assertThat(record.hits()).isEqualTo(3);
        assertThat(record.runs()).isEqualTo(3);
    }

    @Test
    void theSameEndToldTwiceEndsTheSame() throws IOException {
        var plan = stored("partly-hit");
        registry.push(plan.output().commitImage(), IMAGE);
        var record = handle(plan, Status.SUCCEEDED);
        var json = json(plan);
        assertThat(handle(plan, Status.SUCCEEDED)).isEqualTo(record);
        assertThat(json(plan)).isEqualTo(json);
    }

    @Test
    void aBuildIsComparedWithThoseBeforeItAlsoWhenItIsToldAgainAfterLaterOnes() throws IOException {
        var plan = stored("all-run");
        registry.push(plan.output().commitImage(), IMAGE);
        assertThat(handle(plan, Status.SUCCEEDED).outcome()).isEqualTo(new Outcome.Succeeded());

        var later = new StartedBuild("sledge:2", 2);
        stored(later, "all-run");
        assertThat(handle(plan, later, Status.SUCCEEDED).outcome())
                .isInstanceOfSatisfying(
                        Outcome.CacheBroken.class,
                        broken -> assertThat(broken.why()).contains(BUILD.id()));

        assertThat(handle(plan, Status.SUCCEEDED).outcome()).isEqualTo(new Outcome.Succeeded());
        assertThat(handle(plan, later, Status.SUCCEEDED).outcome()).isInstanceOf(Outcome.CacheBroken.class);
    }

    @Test
    void aRecordIsWrittenOnce() throws IOException {
        var plan = stored("partly-hit");
        registry.push(plan.output().commitImage(), IMAGE);
        handle(plan, Status.SUCCEEDED);
        var json = json(plan);

        // A newer commit since then changes nothing of what was.
        new Heads(shared).set(plan.source().repository(), plan.source().ref(), new CommitId("f".repeat(40)));
        assertThat(handle(plan, Status.SUCCEEDED).image().getFirst().tags()).hasSize(1);
        assertThat(json(plan)).isEqualTo(json);
    }

    @Test
    void aFailureMovesNoTag() throws IOException {
        var plan = stored("failed-run");
        var before = new StoredImage(new Digest("sha256:" + "2".repeat(64)), List.of(1L));
        registry.push(plan.output().refImage(), before);
        registry.push(plan.output().commitImage(), IMAGE);

        var record = handle(plan, Status.FAILED);

        assertThat(registry.find(plan.output().refImage())).contains(before);
        assertThat(record.image()).isEmpty();
        assertThat(record.outcome()).isInstanceOfSatisfying(Outcome.InstructionFailed.class, failed -> {
            assertThat(failed.step().line()).isEqualTo(6);
            assertThat(failed.failure().output()).containsExactly("these are my last words");
        });
        assertThat(json(plan).at("/failure/line").asInt()).isEqualTo(6);
    }

    @Test
    void aFailureOutsideOfAnyInstructionIsToldInTheBuildersWords() throws IOException {
        var record = handle(stored("no-such-target"), Status.FAILED);
        assertThat(record.outcome())
                .isEqualTo(new Outcome.BuildFailed(
                        "BUILD", List.of("ERROR: failed to solve: target stage \"1\" could not be found")));
    }

    @Test
    void aFullDiskIsNobodysInstruction() throws IOException {
        assertThat(handle(stored("disk-full"), Status.FAILED).outcome())
                .isEqualTo(new Outcome.DiskFull("head: error writing 'standard output': No space left on device"));
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMED_OUT", "STOPPED", "FAULT"})
    void whatEndsABuildFromOutsideIsNamed(Status status) throws IOException {
        var plan = stored("failed-run");
        assertThat(handle(plan, status).outcome()).isEqualTo(new Outcome.Ended(status));
    }

    @Test
    void aBuildWithoutALogHasARecord() throws IOException {
        var plan = PlanJson.read(Files.readString(LOGS.resolve("all-run/plan.json")));
        results.put(
                ResultFolder.of(plan, BUILD), "plan.json", PlanJson.write(plan).getBytes(StandardCharsets.UTF_8));
        assertThat(handle(plan, Status.FAILED).outcome())
                .isEqualTo(new Outcome.BuildFailed("BUILD", List.of("it broke")));
        assertThat(json(plan).at("/steps/run").asInt()).isZero();
    }

    @Test
    void aDamagedLogHasARecord() throws IOException {
        var whole = gzip(Files.readAllBytes(LOGS.resolve("failed-run/buildkit.jsonl")));
        for (var length = 0; length < whole.length; length += 97) {
            assertThat(handle(stored("failed-run", Arrays.copyOf(whole, length)), Status.FAILED)
                            .stages())
                    .hasSize(2);
        }
        for (var i = 0; i < whole.length; i += 13) {
            var changed = whole.clone();
            changed[i] ^= (byte) 0x55;
            assertThat(handle(stored("failed-run", changed), Status.FAILED).stages())
                    .hasSize(2);
        }
        var text = "no gzip at all".getBytes(StandardCharsets.UTF_8);
        assertThat(handle(stored("failed-run", text), Status.FAILED).stages()).hasSize(2);
    }

    @Test
    void aLogThatUnpacksToMoreThanMemoryIsReadInPart() throws IOException {
        var bomb = gzip(new byte[200 << 20]);
        assertThat(bomb.length).isLessThan(1 << 20);
        assertThat(StoredLog.uploaded(bomb).length()).isBetween(64 << 20, 65 << 20);
    }

    @Test
    void theLogIsKeptWithTheResults() throws IOException {
        var plan = stored("failed-run");
        var first = handle(plan, Status.FAILED);
        results.forget(new ResultFolder("uploads/arn:" + BUILD.id()));
        assertThat(results.get(ResultFolder.of(plan, BUILD), "buildkit.jsonl.zst")
                        .map(StoredLog::text))
                .contains(Files.readString(LOGS.resolve("failed-run/buildkit.jsonl")));
        assertThat(handle(plan, Status.FAILED)).isEqualTo(first);
    }

    @Test
    void aBuildThatNobodyPlannedIsNotOurs() {
        var plan = new ResultFolder("results/sledge/nobody/nothing/b-main/1-" + "a".repeat(40));
        assertThatIllegalStateException()
                .isThrownBy(() -> new BuildFinished(bucket, registry, BuildStatuses.toNobody(), Repetitions.none())
                        .handle(plan, ended(BUILD, Status.SUCCEEDED)))
                .withMessageContaining("no plan.json");
    }

    @Test
    void anImageThatTheRegistryDoesNotHaveIsAFaultToBeTriedAgain() throws IOException {
        var plan = stored("all-run");
        assertThatExceptionOfType(RegistryUnavailableException.class).isThrownBy(() -> handle(plan, Status.SUCCEEDED));
        assertThat(results.get(ResultFolder.of(plan, BUILD), "record.json")).isEmpty();
    }

    @Test
    void theCacheOfABranchThatIsGoneGoesWithItsLastBuild() throws IOException {
        var plan = stored("all-run");
        var cache = plan.cache().images().getFirst();
        registry.push(plan.output().commitImage(), IMAGE);
        registry.push(cache, IMAGE);
        handle(plan, Status.SUCCEEDED);
        assertThat(registry.find(cache)).isPresent();

        var source = plan.source();
        new Heads(shared).deleted(new RefDeleted(source.repository(), source.ref(), source.commit()));
        handle(plan, Status.SUCCEEDED);
        assertThat(registry.find(cache)).isEmpty();
        assertThat(registry.find(plan.output().commitImage())).isPresent();
    }
}
