package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.CacheFolder;
import dev.sledge.build.ResultFolder;
import dev.sledge.local.BuildEngine;
import dev.sledge.local.RunningServices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
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

    private static final String SHA256_OF_THE_SECRET =
            "c1a85773822a3352ef9526a5efa5b65492b613676b236f79a3a03468c0e0e284";

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

    @Test
    void aTagGoesOnWithTheEngineOfTheDefaultBranchAndLeavesNone() throws Exception {
        var repository = example();
        var left = FrozenFiles.of(RUNNING, build(repository));
        var head = left.head();
        var tagged = build(repository.write("src/main.txt", "tagged\n").commit().tag("v1"));
        assertThat(tagged.cacheFaults()).isEmpty();
        assertThat(tagged.cache().frozen().thawed()).isPresent();
        assertThat(tagged.hits()).isEqualTo(3);
        assertThat(output(tagged)).isEqualTo("deps\ntagged\ndeps\nbuild\nbuild");
        assertThat(tagged.cache().frozen().frozen()).isEmpty();
        assertThat(left.head()).isEqualTo(head);
    }

    /** What the build is told, and what it keeps in its home, may be used by steps; whoever reads its engine's state finds none of it. */
    @Test
    void noSecretIsInAFrozenEngine(@TempDir Path shared) throws Exception {
        var repository = example()
                .write("Dockerfile", """
                        FROM debian:trixie-slim
                        RUN --mount=type=secret,id=canary test "$(sha256sum < /run/secrets/canary)" = "DIGEST  -"
                        COPY src/ src/
                        """.replace("DIGEST", SHA256_OF_THE_SECRET))
                .commit();
        var login = Base64.getEncoder().encodeToString("user:canary-of-a-login".getBytes(StandardCharsets.UTF_8));
        var record = build(
                repository,
                buildspec -> buildspec
                        .replace(
                                "      - umask 022\n",
                                "      - umask 022\n"
                                        + "      - mkdir -p ~/.docker && echo '{\"auths\":{\"canary.invalid\":{\"auth\":\""
                                        + login
                                        + "\"}}}' > ~/.docker/config.json\n"
                                        + "      - echo https://user:canary-of-git@canary.invalid > ~/.git-credentials\n"
                                        + "      - export CANARY=canary-of-a-secret\n"
                                        + "      - echo \"$AWS_SECRET_ACCESS_KEY\" > \"$CODEBUILD_SRC_DIR/results/key\"\n")
                        .replace(
                                "docker buildx build --progress",
                                "docker buildx build --secret id=canary,env=CANARY --progress"));
        assertThat(record.cacheFaults()).isEmpty();
        var uploads = RUNNING.s3Files()
                .resolve(ResultFolder.uploads(record.finished()).path());
        var key = Files.readString(uploads.resolve("key")).strip();
        Files.delete(uploads.resolve("key"));
        var project = record.finished().arn().replaceFirst(":[^:]*$", "").replace(":build/", ":project/");
        copy(RUNNING.s3Files().resolve(CacheFolder.of(project).path()), shared.resolve("cache"));
        copy(uploads, shared.resolve("uploads"));
        try (var container = BuildEngine.start(System.getenv(), shared, what -> {})) {
            container.run(
                    "bash",
                    "-ec",
                    "cd '" + shared + "'; gzip -dr uploads; for image in cache/frozen/images/*; do"
                            + " unsquashfs -quiet -no-progress -dest \"$image.files\" \"$image\"; rm \"$image\"; done");
            for (var canary : List.of("canary-of-a-secret", "canary-of-a-login", login, "canary-of-git", key)) {
                assertThat(container.run(
                                "bash", "-c", "grep -rlaF -e '" + canary + "' '" + shared + "'; test $? -le 1"))
                        .as(canary)
                        .isEmpty();
            }
            // The search finds what is there.
            assertThat(container.run("bash", "-c", "grep -rlaF 'id=canary' '" + shared + "'; test $? -le 1"))
                    .isNotEmpty();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.resolve("..").normalize());
                Files.copy(file, copy);
            }
        }
    }
}
