package dev.sledge.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form that {@code docs/frozen-format.md} describes. */
class FrozenFormatTest {
    private static final FrozenImage BASE = Images.of(Images.bytes(3 * BlockTable.BLOCK + 17, 1), 2);
    private static final FrozenImage ADDED = Images.of(Images.bytes(100, 2));
    private static final FrozenManifest MANIFEST = new FrozenManifest(
            new EngineVersion("Docker version 26.1.5", "containerd 1.7.24", "overlayfs", "amd64"),
            Instant.parse("2026-11-29T17:00:00Z"),
            "arn:aws:codebuild:eu-central-1:123456789012:build/hello:1",
            2,
            List.of(BASE, ADDED),
            Map.of("snapshots/1", 0, "snapshots/2", 1),
            Map.of("snapshots/3/fs", List.of(0, 1)),
            List.of(Instant.parse("2026-11-29T17:00:00Z"), Instant.parse("2026-11-28T17:00:00Z")));

    private static byte[] changed(String from, String to) throws Exception {
        var text = new String(MANIFEST.bytes(), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        return text.replace(from, to).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aManifestIsReadAsItWasWritten() throws Exception {
        assertThat(FrozenManifest.read(MANIFEST.bytes())).isEqualTo(MANIFEST);
    }

    @Test
    void aHeadIsReadAsItWasWritten() throws Exception {
        var head = new FrozenHead(
                ContentDigest.of(MANIFEST.bytes()),
                Optional.of(BASE.digest()),
                List.of(List.of(new BlockRun(BASE.digest(), 1, 2)), List.of(new BlockRun(ADDED.digest(), 0, 1))));
        assertThat(FrozenHead.read(new String(head.bytes(), StandardCharsets.UTF_8)))
                .isEqualTo(head);
        assertThat(head.remembered())
                .containsExactly(new BlockRun(BASE.digest(), 1, 2), new BlockRun(ADDED.digest(), 0, 1));
    }

    @Test
    void anotherVersionIsRefusedByItsNumber() throws Exception {
        assertThatIOException()
                .isThrownBy(() -> FrozenManifest.read(changed("\"version\":1", "\"version\":2")))
                .withMessageContaining("version 2");
        assertThatIOException()
                .isThrownBy(() -> FrozenHead.read("{\"version\":7}"))
                .withMessageContaining("version 7");
    }

    /** Whoever writes a manifest decides what is written where on the machine that thaws it. */
    @ParameterizedTest
    @CsvSource({
        "snapshots/1, ../../etc/cron.d",
        "snapshots/1, /etc/passwd",
        "snapshots/3/fs, a/../../b",
        "snapshots/1, ''",
    })
    void aPathOutOfTheStateIsRefused(String path, String evil) {
        assertThatIOException()
                .isThrownBy(() -> FrozenManifest.read(changed("\"" + path + "\"", "\"" + evil + "\"")))
                .withMessageContaining("no path");
    }

    @ParameterizedTest
    @CsvSource({"'\"snapshots/2\":1', '\"snapshots/2\":2'", "'\"snapshots/2\":1', '\"snapshots/2\":\"x\"'"})
    void aLinkToAnImageThatIsNotThereIsRefused(String from, String to) {
        assertThatIOException()
                .isThrownBy(() -> FrozenManifest.read(changed(from, to)))
                .withMessageContaining("not there");
    }

    @Test
    void anImageOfAnotherSizeThanItsBlocksIsRefused() {
        assertThatIOException().isThrownBy(() -> FrozenManifest.read(changed("\"size\":100", "\"size\":1000000")));
    }
}
