package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.local.FaultyPort;
import dev.sledge.local.RunningServices;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Frozen engines that are damaged, and a store that dies: the image is right, the record says what happened, and the builds after it are well
 * again.
 */
class FrozenDamageIT {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

    @RegisterExtension
    static final RunningServices RUNNING = new RunningServices();

    /** Whose builds go on with each other: each damage is done to what the builds after the one before it left. */
    private static FrozenProject shared;

    @BeforeAll
    static void build(@TempDir Path directory) throws Exception {
        shared = FrozenProject.create(RUNNING, directory);
    }

    enum Damage {
        A_BYTE_OF_EACH_BLOCK("is damaged") {
            @Override
            void damage(FrozenFiles stored) throws Exception {
                var image = Files.readAllBytes(stored.file(stored.firstImage()));
                for (var at = 4711; at < image.length; at += 262_144) {
                    image[at] ^= 1;
                }
                Files.write(stored.file(stored.firstImage()), image);
            }
        },
        THE_END_OF_THE_IMAGE("416") {
            @Override
            void damage(FrozenFiles stored) throws Exception {
                var image = Files.readAllBytes(stored.file(stored.firstImage()));
                Files.write(stored.file(stored.firstImage()), Arrays.copyOf(image, image.length / 2));
            }
        },
        THE_IMAGE("404") {
            @Override
            void damage(FrozenFiles stored) throws Exception {
                RUNNING.get().bucket().results().delete(stored.folder(), stored.firstImage());
            }
        },
        THE_MANIFEST("is not there any more") {
            @Override
            void damage(FrozenFiles stored) throws Exception {
                RUNNING.get().bucket().results().delete(stored.folder(), stored.manifestName());
            }
        },
        THE_HEAD("is no JSON") {
            @Override
            void damage(FrozenFiles stored) {
                stored.put("heads/" + stored.scope() + ".json", "half a".getBytes(StandardCharsets.UTF_8));
            }
        },
        THE_VERSION_OF_THE_FORMAT("it is of version 2 of the format, and this reads 1") {
            @Override
            void damage(FrozenFiles stored) throws Exception {
                stored.rewrite(manifest -> manifest.put("version", 2));
            }
        },
        THE_VERSION_OF_THE_ENGINE("it is of Docker version 25.0.0") {
            @Override
            void damage(FrozenFiles stored) throws Exception {
                stored.rewrite(
                        manifest -> ((ObjectNode) manifest.path("engine")).put("docker", "Docker version 25.0.0"));
            }
        },
        THE_ARCHITECTURE("pdp11") {
            @Override
            void damage(FrozenFiles stored) throws Exception {
                stored.rewrite(manifest -> ((ObjectNode) manifest.path("engine")).put("architecture", "pdp11"));
            }
        };

        private final String why;

        Damage(String why) {
            this.why = why;
        }

        abstract void damage(FrozenFiles stored) throws Exception;
    }

    @ParameterizedTest
    @EnumSource
    void aBuildThatCannotThawReadsWhatIsBeneath(Damage damage) throws Exception {
        damage.damage(shared.files());

        var second = shared.build(damage.name());
        assertThat(second.cache().frozen().thawed()).isEmpty();
        assertThat(second.cacheFaults()).anySatisfy(fault -> assertThat(fault).contains(damage.why));
        assertThat(second.hits()).isEqualTo(2);
        shared.isWellAgain();
    }

    /** The last step of the build reads what no build before has read, and the store is gone by then. */
    @Test
    void aStoreThatDiesInTheMiddleIsSeenByNoStep(@TempDir Path directory) throws Exception {
        var project = FrozenProject.create(RUNNING, directory);
        try (var port = new FaultyPort(
                RUNNING.s3Port(),
                sent -> isRarelyRead(sent)
                        ? Optional.of("HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        : Optional.empty())) {
            RUNNING.get().expose(port.port());
            var second = project.build(
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
        project.isWellAgain();
    }

    /** Neither the databases at an image's beginning nor the directories at its end. */
    private static boolean isRarelyRead(String request) {
        var range = RANGE.matcher(request);
        return request.contains("/frozen/images/")
                && range.find()
                && Long.parseLong(range.group(1)) > 8_000_000
                && Long.parseLong(range.group(1)) < 30_000_000;
    }
}
