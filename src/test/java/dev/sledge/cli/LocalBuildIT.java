package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.EngineReport;
import dev.sledge.build.EngineReport.Place;
import dev.sledge.build.ResultFolder;
import dev.sledge.event.CommitName;
import dev.sledge.event.GitRef;
import dev.sledge.event.GitRef.PullRequest.Naming;
import dev.sledge.event.RepositoryEvent.Base;
import dev.sledge.event.RepositoryEvent.DefaultBranch;
import dev.sledge.event.RepositoryEvent.Origin;
import dev.sledge.event.RepositoryEvent.PullRequestUpdated;
import dev.sledge.event.RepositoryEvent.RefDeleted;
import dev.sledge.image.ImageName;
import dev.sledge.image.ImageTag;
import dev.sledge.local.LocalBuilds.EngineState;
import dev.sledge.local.LocalServices;
import dev.sledge.local.RunningServices;
import dev.sledge.local.WorkTree;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import dev.sledge.registry.OciRegistry;
import dev.sledge.settings.BuildSettings.CacheChoice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pushes through the whole pipeline: a real engine, a real registry, a real S3 server, a real git. */
class LocalBuildIT {
    /** Six steps, of which the first three have nothing to do with {@code src}. */
    static final String DOCKERFILE = """
            FROM debian:trixie-slim AS build
            WORKDIR /src
            COPY deps.txt .
            RUN cp deps.txt fetched.txt
            COPY src/ src/
            RUN cat fetched.txt src/main.txt > out.txt

            FROM debian:trixie-slim AS package
            COPY --from=build /src/out.txt /out.txt
            CMD ["cat", "/out.txt"]
            """;

    @RegisterExtension
    static final RunningServices RUNNING = new RunningServices();

    @TempDir
    Path directory;

    private final LocalServices services = RUNNING.get();

    /** Of a name that no test had before: neither cache nor history is left of it. */
    private TestRepository example(String kind) throws IOException, InterruptedException {
        var name = kind + "-" + UUID.randomUUID();
        var repository = TestRepository.create(Files.createTempDirectory(directory, name), name);
        return repository
                .write("Dockerfile", DOCKERFILE)
                .write("deps.txt", "deps\n")
                .write("src/main.txt", "main\n")
                .commit();
    }

    private BuildRecord push(TestRepository repository, CacheChoice cache) {
        return push(services, repository, cache);
    }

    private static BuildRecord push(LocalServices services, TestRepository repository, CacheChoice cache) {
        try (var tree = WorkTree.open(repository.directory())) {
            var events = LocalDelivery.of(repository.push(tree))
                    .takeIn(tree.repository())
                    .events();
            var pushing = LocalPush.of(services, tree).handle(events.getFirst(), Optional.of(cache));
            assertThat(pushing.records()).as("%s", pushing.outcome()).hasSize(1);
            return pushing.records().getFirst();
        }
    }

    private static BuildRecord fork(LocalServices services, TestRepository repository, CacheChoice cache) {
        try (var tree = WorkTree.open(repository.directory())) {
            var head = tree.commit("HEAD").orElseThrow();
            var main = new GitRef.Branch("main");
            var event = new PullRequestUpdated(
                    tree.repository(),
                    new GitRef.PullRequest(7, Naming.PULL),
                    new CommitName(head.hex()),
                    new Base(main, new Base.Tip.Untold()),
                    Origin.FORK,
                    false,
                    new DefaultBranch.Named(main));
            var pushing = LocalPush.of(services, tree).handle(event, Optional.of(cache));
            assertThat(pushing.records()).as("%s", pushing.outcome()).hasSize(1);
            return pushing.records().getFirst();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CacheChoice.class,
            names = {"REGISTRY", "CLASSIC"})
    void aForkIsBuiltFromTheCacheAndLeavesNothing(CacheChoice cache) throws Exception {
        var name = "fork-" + cache.name().toLowerCase(Locale.ROOT);
        var repository = example(name)
                .write("sledge.yml", "on:\n  branches: [main]\n  pull_requests: all\n")
                .commit();
        var ours = push(repository, cache);
        var tags = tags(ours);
        repository.branch("theirs").write("src/main.txt", "theirs\n").commit();
        var theirs = fork(services, repository, cache);
        assertThat(theirs.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(theirs.image()).isEmpty();
        assertThat(theirs.hits()).isEqualTo(3);
        assertThat(theirs.runs()).isEqualTo(3);
        assertThat(tags(ours)).isEqualTo(tags);
    }

    private static List<String> tags(BuildRecord record) {
        return repositories(record.plan())
                .flatMap(name -> new OciRegistry("http").tags(name).stream().map(tag -> name + ":" + tag))
                .toList();
    }

    private static Stream<ImageName> repositories(BuildPlan plan) {
        var image = plan.output().image();
        return Stream.of(image, new ImageName(image.registry(), image.path().replaceFirst("sledge/", "sledge-cache/")));
    }

    @Test
    void aCacheThatBreaksTheBuildIsLeftOutAndTheNextBuildIsWellAgain() throws Exception {
        var repository = example("lost");
        var first = push(repository, CacheChoice.REGISTRY);
        for (var reference : first.plan().cache().writes()) {
            loseTheLayersOf(reference);
        }

        repository.write("src/main.txt", "changed\n").commit();
        var second = push(repository, CacheChoice.REGISTRY);
        assertThat(second.image()).as("%s", second.outcome()).isNotEmpty();
        assertThat(output(second)).isEqualTo("deps\nchanged\n");
        assertThat(second.runs()).isEqualTo(6);
        assertThat(second.cacheFaults()).anySatisfy(fault -> assertThat(fault).contains("done again without it"));

        repository.commit();
        var third = push(repository, CacheChoice.REGISTRY);
        assertThat(third.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(third.hits()).isEqualTo(6);
    }

    /** As a registry does that was cleaned up while a manifest still named them. */
    private static void loseTheLayersOf(String reference) throws Exception {
        var slash = reference.indexOf('/');
        var colon = reference.lastIndexOf(':');
        var api = "http://" + reference.substring(0, slash) + "/v2/" + reference.substring(slash + 1, colon);
        var manifest = get(
                        api + "/manifests/" + reference.substring(colon + 1),
                        "application/vnd.oci.image.manifest.v1+json")
                .body();
        for (var layer : new JsonMapper().readTree(manifest).path("layers")) {
            var deletion = HttpRequest.newBuilder(
                            URI.create(api + "/blobs/" + layer.path("digest").asText()))
                    .DELETE()
                    .build();
            try (var http = HttpClient.newHttpClient()) {
                assertThat(http.send(deletion, BodyHandlers.discarding()).statusCode())
                        .isEqualTo(202);
            }
        }
    }

    @Test
    void aCacheThatIsGoneWithoutAWordIsSaidToBeBroken() throws Exception {
        var repository = example("gone");
        var first = push(repository, CacheChoice.REGISTRY);
        assertThat(first.outcome()).isInstanceOf(Outcome.Succeeded.class);
        var cache = repositories(first.plan()).skip(1).findFirst().orElseThrow();
        var registry = new OciRegistry("http");
        registry.tags(cache).forEach(tag -> registry.delete(cache.tagged(new ImageTag(tag))));

        repository.write("src/main.txt", "changed\n").commit();
        var second = push(repository, CacheChoice.REGISTRY);
        assertThat(second.outcome())
                .isInstanceOfSatisfying(
                        Outcome.CacheBroken.class,
                        broken -> assertThat(broken.why())
                                .contains(first.finished().build().id(), "WORKDIR /src"));
        assertThat(record(second).path("outcome").asText()).isEqualTo("cache_broken");
        assertThat(second.image()).isNotEmpty();

        repository.commit();
        assertThat(push(repository, CacheChoice.REGISTRY).outcome()).isInstanceOf(Outcome.Succeeded.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = CacheChoice.class,
            names = {"REGISTRY", "INLINE", "TARBALL", "LAYOUT"})
    void aBranchThatIsDeletedTakesItsCachesWithIt(CacheChoice cache) throws Exception {
        var repository = example("deleted");
        var main = push(repository, cache);
        repository.branch("feature").write("src/main.txt", "feature\n").commit();
        var feature = push(repository, cache);
        assertThat(feature.hits()).isEqualTo(3);
        try (var tree = WorkTree.open(repository.directory())) {
            var ref = new GitRef.Branch("feature");
            var gone = new RefDeleted(
                    tree.repository(), ref, feature.plan().source().commit());
            assertThat(LocalPush.of(services, tree)
                            .handle(gone, Optional.empty())
                            .records())
                    .isEmpty();
        }

        // Of the same name again: it finds what the default branch wrote and nothing else, and misses nothing.
        repository.commit();
        var again = push(repository, cache);
        assertThat(again.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(again.cacheFaults()).isEmpty();
        assertThat(again.hits()).isEqualTo(3);
        assertThat(tags(main)).contains(main.plan().output().refImage().toString());
    }

    @ParameterizedTest
    @EnumSource(
            value = CacheChoice.class,
            names = {"REGISTRY", "INLINE", "TARBALL", "LAYOUT", "HOST"})
    void aPushBecomesAnImageAndTheNextOnesHitTheCache(CacheChoice cache) throws Exception {
        var repository = example("hits");

        var first = push(repository, cache);
        assertThat(first.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(first.hits()).isZero();
        assertThat(first.runs()).isEqualTo(6);
        assertThat(first.cacheFaults()).isEmpty();

        repository.commit();
        var nothing = push(repository, cache);
        assertThat(nothing.cacheFaults()).isEmpty();
        assertThat(nothing.hits()).isEqualTo(6);
        assertThat(nothing.image().getFirst().stored())
                .isEqualTo(first.image().getFirst().stored());

        repository.write("src/main.txt", "changed\n").commit();
        var source = push(repository, cache);
        // WORKDIR, deps.txt and its RUN are hits; the sources, their RUN and the final COPY are not.
        assertThat(source.hits()).isEqualTo(3);
        assertThat(source.runs()).isEqualTo(3);
        assertThat(output(source)).isEqualTo("deps\nchanged\n");

        repository.commit();
        var uncached = push(repository, CacheChoice.NONE);
        assertThat(uncached.runs()).isEqualTo(6);
        assertThat(content(source)).isEqualTo(content(uncached));
    }

    @ParameterizedTest
    @EnumSource(
            value = CacheChoice.class,
            names = {"REGISTRY", "NONE"})
    void whatACacheMountHoldsIsThereInTheNextBuildIfItIsKept(CacheChoice cache) throws Exception {
        var repository = example("mounts")
                .write("sledge.yml", "mounts: keep\n")
                .write("Dockerfile", """
                        FROM debian:trixie-slim
                        COPY src/ src/
                        RUN --mount=type=cache,target=/plain/ \\
                            --mount=type=cache,id=owned,target=/owned,uid=1000,gid=1001,mode=0750 \\
                            cat /plain/seen /owned/seen > /before.txt 2> /dev/null; \\
                            stat -c '%u:%g %a' /owned >> /before.txt; \\
                            cat src/main.txt >> /plain/seen; cp /plain/seen /owned/seen
                        CMD ["cat", "/before.txt"]
                        """)
                .commit();
        var first = push(repository, cache);
        assertThat(output(first)).isEqualTo("1000:1001 750\n");
        assertThat(first.cacheFaults()).isEmpty();

        repository.write("src/main.txt", "second\n").commit();
        var second = push(repository, cache);
        assertThat(second.cacheFaults()).isEmpty();
        assertThat(output(second)).isEqualTo("main\nmain\n1000:1001 750\n");

        repository.branch("feature").write("src/main.txt", "third\n").commit();
        assertThat(output(push(repository, cache))).isEqualTo("main\nsecond\nmain\nsecond\n1000:1001 750\n");
        repository.git("checkout", "--quiet", "main");
        repository.write("src/main.txt", "fourth\n").commit();
        assertThat(output(push(repository, cache)))
                .as("what a branch leaves stays its own")
                .isEqualTo("main\nsecond\nmain\nsecond\n1000:1001 750\n");
    }

    /** Docker Hub is out of reach here: what is built comes from the mirror. */
    @Test
    void anOfficialImageComesFromTheMirror() throws Exception {
        var repository = example("mirror").write("sledge.yml", "cache: none\n").commit();
        push(repository, CacheChoice.NONE);
        repository.commit();
        var build = PlannedBuild.of(services, repository);
        var mirror = "http://" + build.plan().output().image().registry();
        var record = build.run(buildspec -> buildspec.replace(
                "- set -o pipefail", "- set -o pipefail; unset SLEDGE_REGISTRY_MIRROR; SLEDGE_BASE_IMAGES=" + mirror));
        assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(output(record)).isEqualTo("deps\nmain\n");
    }

    @Test
    void theRegistrysOwnApiListsWhatTheRecordNames() throws Exception {
        var record = push(example("api"), CacheChoice.REGISTRY);

        var json = record(record);
        var image = json.path("images").path(0);
        var name = image.path("name").asText();
        var api = "http://" + name.substring(0, name.indexOf('/')) + "/v2/" + name.substring(name.indexOf('/') + 1);
        var tags = new JsonMapper()
                .readTree(get(api + "/tags/list", "application/json").body())
                .path("tags");
        for (var tag : image.path("tags")) {
            assertThat(tags).contains(tag);
            var manifest = get(
                    api + "/manifests/" + tag.asText(),
                    "application/vnd.docker.distribution.manifest.v2+json,"
                            + "application/vnd.oci.image.manifest.v1+json");
            assertThat(manifest.headers().firstValue("docker-content-digest"))
                    .contains(image.path("digest").asText());
        }
        assertThat(json.path("commit").asText()).hasSize(40);
        assertThat(json.path("phases").findValuesAsText("name"))
                .containsExactly("PROVISIONING", "INSTALL", "PRE_BUILD", "BUILD", "POST_BUILD");
    }

    @Test
    void theClassicRecipeGivesTheSameContentAndHitsItsCache() throws Exception {
        var repository = example("classic");

        var byRegistry = push(repository, CacheChoice.REGISTRY);
        var byClassic = push(repository, CacheChoice.CLASSIC);
        assertThat(byClassic.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(byClassic.hits()).isZero();
        assertThat(content(byClassic)).isEqualTo(content(byRegistry));

        repository.commit();
        var again = push(repository, CacheChoice.CLASSIC);
        assertThat(again.hits()).isEqualTo(6);
        assertThat(again.runs()).isZero();

        repository.write("src/main.txt", "changed\n").commit();
        var source = push(repository, CacheChoice.CLASSIC);
        assertThat(source.hits()).isEqualTo(3);
        assertThat(source.runs()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = CacheChoice.class,
            names = {"REGISTRY", "TARBALL", "LAYOUT"})
    void anImageHasGzipThoughItsLayersComeFromACacheThatHasNot(CacheChoice cache) throws Exception {
        var repository = example("compression");
        var first = push(repository, cache);
        if (cache == CacheChoice.REGISTRY) {
            assertThat(layers(first.plan().cache().writes().getFirst())).anyMatch(type -> type.endsWith("+zstd"));
        }
        repository
                .write("Dockerfile", DOCKERFILE + "FROM build\nCMD [\"cat\", \"out.txt\"]\n")
                .commit();
        var second = push(repository, cache);
        assertThat(second.cacheFaults()).isEmpty();
        assertThat(second.hits()).isEqualTo(5);
        assertThat(output(second)).isEqualTo("deps\nmain\n");
        assertThat(layers(PlannedBuild.pinned(second))).hasSizeGreaterThan(4).allMatch(type -> type.endsWith("gzip"));
    }

    /** The media types of what a manifest names. */
    private static List<String> layers(String reference) throws Exception {
        var slash = reference.indexOf('/');
        var end = reference.contains("@") ? reference.indexOf('@') : reference.lastIndexOf(':');
        var manifest = get(
                "http://" + reference.substring(0, slash) + "/v2/" + reference.substring(slash + 1, end) + "/manifests/"
                        + reference.substring(end + 1),
                "application/vnd.docker.distribution.manifest.v2+json,application/vnd.oci.image.manifest.v1+json");
        return new JsonMapper().readTree(manifest.body()).path("layers").findValuesAsText("mediaType");
    }

    /** As AWS's images have it: an engine that exports no cache but inline. */
    private BuildRecord pushToTheClassicStore(TestRepository repository) throws Exception {
        return PlannedBuild.of(services, repository)
                .run(buildspec -> buildspec.replace("start-engine containerd", "start-engine overlay2"));
    }

    @Test
    void anEngineIsInMemoryOnceABuildToldWhatItNeeds() throws Exception {
        var repository = example("memory");
        var first = push(repository, CacheChoice.REGISTRY);
        assertThat(first.engine()).isInstanceOfSatisfying(EngineReport.Told.class, told -> {
            assertThat(told.place()).isIn(Place.UNSYNCED, Place.DISK);
            assertThat(told.why()).contains("no build before told");
            assertThat(told.mebibytes()).isGreaterThan(60).isLessThan(1000);
        });

        repository.write("src/main.txt", "changed\n").commit();
        var second = push(repository, CacheChoice.REGISTRY);
        assertThat(second.hits()).isEqualTo(3);
        assertThat(second.cacheFaults()).isEmpty();
        assertThat(record(second).path("engine").path("state").asText()).isEqualTo("memory");
    }

    @ParameterizedTest
    @EnumSource(
            value = CacheChoice.class,
            names = {"REGISTRY", "TARBALL"})
    void aBuildThatOutgrowsTheMemoryGoesOnFromTheDisk(CacheChoice cache) throws Exception {
        var name = "outgrown-" + cache.name().toLowerCase(Locale.ROOT);
        var repository =
                example(name).write("sledge.yml", "cache: " + cache.name().toLowerCase(Locale.ROOT) + "\n");
        push(repository.commit(), cache);
        repository
                .write("Dockerfile", DOCKERFILE + "RUN head -c 600M /dev/zero > /big && rm /big\n")
                .commit();
        var build = PlannedBuild.of(services, repository);
        assertThat(build.plan().experience().engineMebibytes()).isPositive();
        var record = build.run(buildspec -> buildspec.replace(
                "start-engine containerd \"$SLEDGE_ENGINE_MIB\"",
                "{ start-engine containerd 1 && mount -o remount,size=500m /var/lib/docker; }"));
        assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(record.cacheFaults()).isEmpty();
        assertThat(record.hits()).isEqualTo(6);
        assertThat(record.runs()).isEqualTo(1);
        assertThat(record.engine()).isInstanceOfSatisfying(EngineReport.Told.class, told -> {
            assertThat(told.place()).isIn(Place.UNSYNCED, Place.DISK);
            assertThat(told.why()).contains("the memory was not enough");
        });
    }

    @Test
    void anEngineWithTheClassicStoreKeepsItsStagesInline() throws Exception {
        var repository =
                example("classic-store").write("sledge.yml", "cache: inline\n").commit();
        var first = pushToTheClassicStore(repository);
        assertThat(first.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(first.image()).isNotEmpty();
        assertThat(first.cacheFaults()).isEmpty();

        repository.write("src/main.txt", "changed\n").commit();
        var source = pushToTheClassicStore(repository);
        assertThat(source.cacheFaults()).isEmpty();
        assertThat(source.hits()).isEqualTo(3);
        assertThat(source.runs()).isEqualTo(3);
        assertThat(output(source)).isEqualTo("deps\nchanged\n");
    }

    @Test
    void aCacheThatCannotBeWrittenFailsNoBuildAndIsInItsRecord() throws Exception {
        var repository = example("unwritable");
        var nowhere = new ImageName("127.0.0.1:1", "sledge-cache/unwritable").tagged(new ImageTag("main"));
        var record = PlannedBuild.of(services, repository)
                .with(planned -> new Cache.Registry(List.of(), List.of(nowhere)))
                .run();

        assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(record(record).path("cache").path("faults")).isNotEmpty();
    }

    @Test
    void aFailingInstructionIsNamedWithItsLineAndItsLastWords() throws Exception {
        for (var cache : List.of(CacheChoice.REGISTRY, CacheChoice.CLASSIC)) {
            var repository = example("failing");
            repository.write(
                    "Dockerfile", DOCKERFILE.replace("RUN cat", "RUN echo these are my last words && false &&"));
            var record = push(repository.commit(), cache);

            assertThat(record.outcome()).isInstanceOfSatisfying(Outcome.InstructionFailed.class, failed -> {
                assertThat(failed.step().line()).isEqualTo(6);
                assertThat(failed.failure().output()).anyMatch(line -> line.contains("these are my last words"));
            });
            var failure = record(record).path("failure");
            assertThat(failure.path("line").asInt()).isEqualTo(6);
            assertThat(failure.path("file").asText()).isEqualTo("Dockerfile");
            assertThat(record.image()).isEmpty();
        }
    }

    @Test
    void noPartOfABranchsNameIsRun() throws Exception {
        var repository = example("branch").branch("a$(touch$IFS'x');'\"");
        var record = push(repository, CacheChoice.REGISTRY);

        assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(record.plan().source().ref().name()).isEqualTo("a$(touch$IFS'x');'\"");
        assertThat(Path.of("x")).doesNotExist();
        assertThat(repository.directory().resolve("x")).doesNotExist();
    }

    @Test
    void aBaseImageThatCannotBeHadIsSaidBeforeAnythingIsBuilt() throws Exception {
        var repository = example("nobase");
        repository
                .write("Dockerfile", "FROM sledge-nobody/nothing:1\nRUN true\n")
                .commit();

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> push(repository, CacheChoice.REGISTRY)))
                .hasMessageContaining("base image sledge-nobody/nothing:1 cannot be pulled");
    }

    @Test
    void aFullDiskIsToldFromAFaultOfTheDockerfile() throws Exception {
        var repository = example("disk");
        repository
                .write("Dockerfile", "FROM debian:trixie-slim\nRUN head -c 900M /dev/zero > /big\n")
                .commit();
        try (var small = new LocalServices(System.getenv(), new EngineState.Memory(600), what -> {})) {
            var record = push(small, repository, CacheChoice.NONE);
            assertThat(record.outcome()).isInstanceOf(Outcome.DiskFull.class);
        }
    }

    private JsonNode record(BuildRecord record) throws IOException {
        var folder = ResultFolder.of(record.plan(), record.finished().build());
        return new JsonMapper()
                .readTree(services.bucket().results().get(folder, "record.json").orElseThrow());
    }

    private static java.net.http.HttpResponse<String> get(String uri, String accept) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(uri))
                                .header("Accept", accept)
                                .build(),
                        BodyHandlers.ofString());
    }

    private String output(BuildRecord record) {
        return services.engine().docker("run", "--rm", PlannedBuild.pinned(record)) + "\n";
    }

    /** Every file of the image with mode, owner and content, as tar and sha256sum see them; no times. */
    private Set<String> content(BuildRecord record) {
        var listing = services.engine()
                .docker(
                        "run",
                        "--rm",
                        PlannedBuild.pinned(record),
                        "sh",
                        "-c",
                        "cd / && find . -xdev -path ./proc -prune -o -path ./sys -prune -o -path ./dev -prune -o"
                                + " -path ./etc/hosts -o -path ./etc/hostname -o -path ./etc/resolv.conf -o"
                                + " -printf '%p %m %U %G %l\\n' && find . -xdev -type f ! -path './proc/*' ! -path './sys/*'"
                                + " ! -path ./etc/hosts ! -path ./etc/hostname ! -path ./etc/resolv.conf"
                                + " -exec sha256sum {} +");
        return new TreeSet<>(listing.lines().toList());
    }
}
