package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.image.ImageName;
import dev.sledge.image.ImageTag;
import dev.sledge.local.ImageOfBuildKit;
import dev.sledge.local.LocalBuilds.EngineState;
import dev.sledge.local.LocalServices;
import dev.sledge.local.OldContainer;
import dev.sledge.local.RunningServices;
import dev.sledge.plan.Cache;
import dev.sledge.plan.Exports;
import dev.sledge.registry.OciRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code cache: auto} on each kind of engine that a build's container may have: a kind that hits. */
class EnginesIT {
    @RegisterExtension
    static final RunningServices RUNNING = new RunningServices();

    @TempDir
    Path directory;

    private TestRepository example(String engine) throws IOException, InterruptedException {
        var name = engine + "-" + UUID.randomUUID();
        return TestRepository.create(Files.createTempDirectory(directory, name), name)
                .write("Dockerfile", LocalBuildIT.DOCKERFILE)
                .write("deps.txt", "deps\n")
                .write("src/main.txt", "main\n")
                .commit();
    }

    private static BuildRecord built(
            LocalServices services, TestRepository repository, UnaryOperator<String> buildspec) {
        var record = PlannedBuild.of(services, repository).run(buildspec);
        assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(record.image()).isNotEmpty();
        return record;
    }

    private static void changedHits(
            LocalServices services,
            TestRepository repository,
            UnaryOperator<String> buildspec,
            Class<? extends Cache> kind)
            throws Exception {
        repository.write("src/main.txt", "changed\n").commit();
        var record = built(services, repository, buildspec);
        assertThat(record.plan().cache()).isInstanceOf(kind);
        assertThat(record.cacheFaults()).isEmpty();
        assertThat(record.hits()).isEqualTo(3);
        assertThat(record.runs()).isEqualTo(3);
        var image = PlannedBuild.pinned(record);
        assertThat(services.engine().docker("run", "--rm", image)).isEqualTo("deps\nchanged");
    }

    /** No image of BuildKit is within reach. */
    private static String withoutBuilder(String buildspec) {
        return buildspec.replace("docker buildx create ", "false ");
    }

    /** An engine as AWS's images have it. */
    private static String classicStore(String buildspec) {
        return buildspec.replace("start-engine containerd", "start-engine overlay2");
    }

    private LocalServices with(String image) {
        var environment = new HashMap<>(System.getenv());
        environment.put("SLEDGE_BUILD_IMAGE", image);
        return new LocalServices(environment, new EngineState.Disk(), what -> {});
    }

    private String old(boolean withBuildx) throws IOException {
        return OldContainer.image(System.getenv(), Files.createTempDirectory(directory, "old"), withBuildx);
    }

    @Test
    void anEngineWithContainerdsStoreWritesBuildKitsCache() throws Exception {
        var repository = example("containerd");
        var services = RUNNING.get();
        var first = built(services, repository, EnginesIT::withoutBuilder);
        assertThat(first.cache().exports()).isEqualTo(Exports.ALL);
        assertThat(first.cacheFaults()).isEmpty();
        changedHits(services, repository, EnginesIT::withoutBuilder, Cache.Registry.class);
    }

    @Test
    void anEngineWithTheClassicStoreIsGivenABuilderOfItsOwn() throws Exception {
        var repository = example("builder");
        var services = RUNNING.get();
        var mirrored = mirrorBuildKit(services);
        try {
            var first = built(services, repository, EnginesIT::classicStore);
            assertThat(first.plan().cache()).isInstanceOf(Cache.Registry.class);
            assertThat(first.cacheFaults()).isEmpty();
            assertThat(first.cache().exports()).isEqualTo(Exports.ALL);
            changedHits(services, repository, EnginesIT::classicStore, Cache.Registry.class);
            aRegistryThatHangsIsBuiltWithout(services, repository);
        } finally {
            new OciRegistry("http").delete(mirrored.tagged(new ImageTag("buildx-stable-1")));
        }
    }

    private static void aRegistryThatHangsIsBuiltWithout(LocalServices services, TestRepository repository)
            throws Exception {
        var build = PlannedBuild.of(
                services, repository.write("src/main.txt", "again\n").commit());
        try (var hanging = HangingCacheIT.at(1, build)) {
            services.expose(hanging.port());
            var record = build.cachedAt("127.0.0.1:" + hanging.port()).run(EnginesIT::classicStore);
            assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
            assertThat(record.runs()).isEqualTo(6);
            HangingCacheIT.isWhatDidNotCome(record.cacheFaults(), "importing cache manifest from ");
        }
    }

    private static ImageName mirrorBuildKit(LocalServices services) throws Exception {
        ImageOfBuildKit.make(services);
        var name = new ImageName(services.destination().registry(), "moby/buildkit");
        var ours = name.tagged(new ImageTag("buildx-stable-1")).toString();
        services.engine().docker("tag", ImageOfBuildKit.NAME, ours);
        services.engine().docker("push", ours);
        return name;
    }

    @Test
    void oneThatIsGivenNoneKeepsItsStagesAsImages() throws Exception {
        var repository = example("inline");
        keepsItsStagesAsImages(RUNNING.get(), repository, buildspec -> withoutBuilder(classicStore(buildspec)));
    }

    @Test
    void anOldEngineWithBuildKitInItDoesSoToo() throws Exception {
        var repository = example("embedded");
        try (var services = with(old(true))) {
            keepsItsStagesAsImages(services, repository, EnginesIT::withoutBuilder);
        }
    }

    private static void keepsItsStagesAsImages(
            LocalServices services, TestRepository repository, UnaryOperator<String> buildspec) throws Exception {
        var first = built(services, repository, buildspec);
        assertThat(first.plan().cache()).isInstanceOf(Cache.Registry.class);
        assertThat(first.cache().exports()).isEqualTo(Exports.INLINE);
        assertThat(first.cacheFaults())
                .singleElement()
                .asString()
                .contains("only the layers of the last stage were kept");

        repository.commit();
        var second = built(services, repository, buildspec);
        assertThat(second.plan().cache()).isInstanceOf(Cache.Inline.class);
        assertThat(second.plan().decision().why())
                .first()
                .asString()
                .contains(
                        "the engine of build " + first.finished().build().id() + " cannot write BuildKit's own cache");
        assertThat(second.cacheFaults()).isEmpty();
        changedHits(services, repository, buildspec, Cache.Inline.class);
    }

    @Test
    void aContainerWithoutBuildKitBuildsByTheClassicRecipe() throws Exception {
        var repository = example("classic");
        try (var services = with(old(false))) {
            var first = built(services, repository, EnginesIT::withoutBuilder);
            assertThat(first.plan().cache()).isInstanceOf(Cache.Registry.class);
            assertThat(first.runs()).isEqualTo(6);
            assertThat(first.cache().exports()).isEqualTo(Exports.NONE);
            assertThat(first.cacheFaults()).singleElement().asString().contains("has no BuildKit");

            repository.commit();
            var second = built(services, repository, EnginesIT::withoutBuilder);
            assertThat(second.plan().cache()).isInstanceOf(Cache.Classic.class);
            assertThat(second.plan().decision().why()).first().asString().contains("has no BuildKit");
            changedHits(services, repository, EnginesIT::withoutBuilder, Cache.Classic.class);
        }
    }

    @Test
    void whatNeedsBuildKitIsNotBuiltWithoutItAndTheRecordSaysWhatIsMissing() throws Exception {
        var repository = example("needs");
        repository
                .write("Dockerfile", "FROM debian:trixie-slim\nRUN --mount=type=cache,target=/kept true\n")
                .commit();
        try (var services = with(old(false))) {
            var record = PlannedBuild.of(services, repository).run();
            assertThat(record.outcome()).isInstanceOf(Outcome.BuildFailed.class);
            assertThat(record.cacheFaults()).singleElement().asString().contains("has no BuildKit");
        }
    }
}
