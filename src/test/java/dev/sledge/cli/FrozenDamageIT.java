package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.CacheFolder;
import dev.sledge.build.ResultFolder;
import dev.sledge.local.FaultyPort;
import dev.sledge.local.RunningServices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Frozen engines that are damaged, and builds in which something is killed or full: the image is right, the record says what happened, and the
 * builds after it are well again.
 */
class FrozenDamageIT {
    /** Four steps, of which the first two can be hit; the last reads all that there is. */
    private static final String DOCKERFILE = """
            FROM debian:trixie-slim
            COPY once.txt .
            RUN head -c 3M /dev/urandom > /random && cat once.txt > /made.txt
            COPY main.txt .
            RUN find /usr /random -xdev -type f -exec cat {} + | wc -c > /size && cat /made.txt main.txt > /out.txt
            CMD ["cat", "/out.txt"]
            """;

    private static final JsonMapper JSON = new JsonMapper();

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

    @RegisterExtension
    static final RunningServices RUNNING = new RunningServices();

    /** Whose builds go on with each other: each damage is done to what the builds after the one before it left. */
    private static TestRepository shared;

    private static BuildRecord newest;

    @BeforeAll
    static void build(@TempDir Path directory) throws Exception {
        shared = example(directory);
        newest = build(shared, "first");
    }

    private static TestRepository example(Path directory) throws IOException, InterruptedException {
        var name = "damaged-" + UUID.randomUUID();
        return TestRepository.create(Files.createTempDirectory(directory, name), name)
                .write("sledge.yml", "cache: frozen\n")
                .write("Dockerfile", DOCKERFILE)
                .write("once.txt", "once\n")
                .write("main.txt", "first\n")
                .commit();
    }

    private static BuildRecord build(TestRepository repository, String main, UnaryOperator<String> buildspec)
            throws Exception {
        var record = PlannedBuild.of(
                        RUNNING.get(), repository.write("main.txt", main + "\n").commit())
                .run(buildspec);
        assertThat(record.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(RUNNING.get().engine().docker("run", "--rm", PlannedBuild.pinned(record)))
                .isEqualTo("once\n" + main);
        // From the engine, or from what is beneath it.
        return record;
    }

    private static BuildRecord build(TestRepository repository, String main) throws Exception {
        return build(repository, main, buildspec -> buildspec);
    }

    /** The build with the damage has begun anew, or left what was there. */
    private static BuildRecord isWellAgain(TestRepository repository) throws Exception {
        var healed = build(repository, "healed " + UUID.randomUUID());
        assertThat(healed.cacheFaults()).isEmpty();
        assertThat(healed.cache().frozen().thawed()).isPresent();
        assertThat(healed.hits()).isEqualTo(2);
        assertThat(healed.cache().frozen().frozen()).isPresent();
        return healed;
    }

    /** What lies in S3, by the documentation of the format. */
    record Stored(ResultFolder folder, String scope) {
        static Stored by(BuildRecord record) {
            var project = record.finished().arn().replaceFirst(":[^:]*$", "").replace(":build/", ":project/");
            return new Stored(
                    new ResultFolder(CacheFolder.of(project).path() + "/frozen"),
                    record.plan().cache().writes().getFirst());
        }

        byte[] get(String name) {
            return RUNNING.get().bucket().results().get(folder, name).orElseThrow();
        }

        Path file(String name) {
            return RUNNING.s3Files().resolve(folder.key(name));
        }

        void put(String name, byte[] content) {
            RUNNING.get().bucket().results().put(folder, name, content);
        }

        ObjectNode head() throws IOException {
            return (ObjectNode) JSON.readTree(get("heads/" + scope + ".json"));
        }

        private static String hex(byte[] content) throws Exception {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        }

        String manifestName() throws IOException {
            return "manifests/" + head().path("manifest").asText().replace("sha256:", "") + ".json";
        }

        ObjectNode manifest() throws IOException {
            return (ObjectNode) JSON.readTree(get(manifestName()));
        }

        String firstImage() throws Exception {
            var blocks = manifest().at("/images/0/blocks").asText();
            return "images/" + hex(Base64.getDecoder().decode(blocks));
        }

        /** A head that leads to another manifest. */
        void rewrite(Consumer<ObjectNode> change) throws Exception {
            var manifest = manifest();
            change.accept(manifest);
            var bytes = JSON.writeValueAsBytes(manifest);
            put("manifests/" + hex(bytes) + ".json", bytes);
            put("heads/" + scope + ".json", JSON.writeValueAsBytes(head().put("manifest", "sha256:" + hex(bytes))));
        }
    }

    enum Damage {
        A_BYTE_OF_EACH_BLOCK("is damaged") {
            @Override
            void damage(Stored stored) throws Exception {
                var image = Files.readAllBytes(stored.file(stored.firstImage()));
                for (var at = 4711; at < image.length; at += 262_144) {
                    image[at] ^= 1;
                }
                Files.write(stored.file(stored.firstImage()), image);
            }
        },
        THE_END_OF_THE_IMAGE("416") {
            @Override
            void damage(Stored stored) throws Exception {
                var image = Files.readAllBytes(stored.file(stored.firstImage()));
                Files.write(stored.file(stored.firstImage()), Arrays.copyOf(image, image.length / 2));
            }
        },
        THE_IMAGE("404") {
            @Override
            void damage(Stored stored) throws Exception {
                RUNNING.get().bucket().results().delete(stored.folder(), stored.firstImage());
            }
        },
        THE_MANIFEST("is not there any more") {
            @Override
            void damage(Stored stored) throws Exception {
                RUNNING.get().bucket().results().delete(stored.folder(), stored.manifestName());
            }
        },
        THE_HEAD("is no JSON") {
            @Override
            void damage(Stored stored) {
                stored.put("heads/" + stored.scope() + ".json", "half a".getBytes(StandardCharsets.UTF_8));
            }
        },
        THE_VERSION_OF_THE_FORMAT("it is of version 2 of the format, and this reads 1") {
            @Override
            void damage(Stored stored) throws Exception {
                stored.rewrite(manifest -> manifest.put("version", 2));
            }
        },
        THE_VERSION_OF_THE_ENGINE("it is of Docker version 25.0.0") {
            @Override
            void damage(Stored stored) throws Exception {
                stored.rewrite(
                        manifest -> ((ObjectNode) manifest.path("engine")).put("docker", "Docker version 25.0.0"));
            }
        },
        THE_ARCHITECTURE("pdp11") {
            @Override
            void damage(Stored stored) throws Exception {
                stored.rewrite(manifest -> ((ObjectNode) manifest.path("engine")).put("architecture", "pdp11"));
            }
        };

        private final String why;

        Damage(String why) {
            this.why = why;
        }

        abstract void damage(Stored stored) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void aBuildThatCannotThawReadsWhatIsBeneath(Damage damage) throws Exception {
        damage.damage(Stored.by(newest));

        var second = build(shared, damage.name());
        assertThat(second.cache().frozen().thawed()).isEmpty();
        assertThat(second.cacheFaults()).anySatisfy(fault -> assertThat(fault).contains(damage.why));
        assertThat(second.hits()).isEqualTo(2);
        newest = isWellAgain(shared);
    }

    /** The last step of the build reads what no build before has read, and the store is gone by then. */
    @Test
    void aStoreThatDiesInTheMiddleIsSeenByNoStep(@TempDir Path directory) throws Exception {
        var repository = example(directory);
        build(repository, "first");
        try (var port = new FaultyPort(
                RUNNING.s3Port(),
                sent -> isRarelyRead(sent)
                        ? Optional.of("HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        : Optional.empty())) {
            RUNNING.get().expose(port.port());
            var second = build(
                    repository,
                    "second",
                    buildspec -> buildspec.replace(
                            "sledge-agent 1 thaw",
                            "env AWS_ENDPOINT_URL=http://127.0.0.1:" + port.port() + " sledge-agent 1 thaw"));
            assertThat(port.struck()).isPositive();
            assertThat(second.cache().frozen().thawed()).isPresent();
            assertThat(second.cacheFaults())
                    .anySatisfy(fault -> assertThat(fault)
                            .contains("the frozen engine was lost during the build")
                            .contains("503"));
            assertThat(second.hits()).isEqualTo(2);
        }
        isWellAgain(repository);
    }

    /** Neither the databases at an image's beginning nor the directories at its end. */
    private static boolean isRarelyRead(String request) {
        var range = RANGE.matcher(request);
        return request.contains("/frozen/images/")
                && range.find()
                && Long.parseLong(range.group(1)) > 8_000_000
                && Long.parseLong(range.group(1)) < 30_000_000;
    }

    /** What is done to a build, in its own container. */
    enum Violence {
        THE_AGENT_IS_KILLED_BEFORE_THE_BUILD(
                "- thawed || beneath\n",
                "- thawed || beneath\n      - kill -KILL \"$(jq .agent /run/sledge/frozen/thawed.json)\"\n",
                "the agent that served it has ended"),
        THE_AGENT_IS_KILLED_WHILE_IT_THAWS(
                "- '{ docker info",
                "- '{ until [ -e /run/sledge/frozen/*/nbd ]; do sleep 0.002; done; for p in /proc/[0-9]*; do"
                        + " if grep -qx java $p/comm && grep -qaz ^thaw$ $p/cmdline; then kill -KILL ${p#/proc/}; fi; done; } &"
                        + " { docker info",
                "agent"),
        THE_ENGINE_DOES_NOT_START_WITH_WHAT_WAS_THAWED(
                "sledge-agent 1 thaw",
                "bash -c \"sledge-agent 1 thaw \\\"\\$@\\\" && head -c 8192 /dev/urandom > /var/lib/docker/buildkit/cache.db\" thaw",
                "the engine did not start with it"),
        THE_AGENT_IS_KILLED_WHILE_IT_FREEZES(
                "- '! freezes ||",
                "- '{ sleep 0.6; for p in /proc/[0-9]*; do if grep -qaz ^freeze$ $p/cmdline; then kill -KILL ${p#/proc/}; fi; done; } &"
                        + " ! freezes ||",
                "the engine was not frozen"),
        THE_ENGINE_IS_KILLED_WHILE_IT_STOPS(
                "- '! freezes ||",
                // When it has dropped its sources nothing more is asked of it.
                "- '{ d=$(cut -d\" \" -f1 /run/sledge/engine.pids); asked() { grep -qaz ^prune$ /proc/[0-9]*/cmdline 2> /dev/null; };"
                        + " until asked; do sleep 0.002; done; while asked; do sleep 0.002; done; kill -STOP $d; sleep 1; kill -KILL $d; } &"
                        + " ! freezes ||",
                "the engine was not frozen"),
        THE_DISK_IS_FULL_WHILE_IT_FREEZES(
                "timeout 600 sledge-agent 1 freeze",
                "mkdir /small && mount -t tmpfs -o size=16k tmpfs /small && timeout 600 env CODEBUILD_SRC_DIR=/small sledge-agent 1 freeze",
                "the engine was not frozen: mksquashfs");

        private final String what;
        private final String instead;
        private final String why;

        Violence(String what, String instead, String why) {
            this.what = what;
            this.instead = instead;
            this.why = why;
        }

        String in(String buildspec) {
            assertThat(buildspec).contains(what);
            return buildspec.replace(what, instead);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBuildSurvivesWhatIsDoneToIt(Violence violence) throws Exception {
        var before = Stored.by(newest).head();

        var second = build(shared, violence.name(), violence::in);
        assertThat(second.cacheFaults()).anySatisfy(fault -> assertThat(fault).contains(violence.why));
        assertThat(second.hits()).isEqualTo(2);
        if (second.cache().frozen().frozen().isEmpty()) {
            assertThat(Stored.by(second).head()).isEqualTo(before);
        }
        newest = isWellAgain(shared);
    }
}
