package dev.sledge.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompactionTest {
    private static FrozenManifest manifest(int builds, int first, int... added) {
        var images = new ArrayList<FrozenImage>();
        images.add(Images.of(Images.bytes(first, 1)));
        for (var size : added) {
            images.add(Images.of(Images.bytes(size, images.size() + 1)));
        }
        return new FrozenManifest(
                new EngineVersion("d", "c", "overlayfs", "amd64"),
                Instant.EPOCH,
                "build",
                0,
                images,
                Map.of(),
                Map.of(),
                IntStream.range(0, builds)
                        .mapToObj(i -> Instant.EPOCH.minus(Duration.ofHours(i)))
                        .toList());
    }

    @Test
    void imagesBecomeOneWhenTheyAreManyOrHeavy() {
        assertThat(Compaction.isDue(manifest(1, 1000))).isFalse();
        assertThat(Compaction.isDue(manifest(1, 1000, 100, 100, 100, 100))).isFalse();
        assertThat(Compaction.isDue(manifest(1, 1000, 100, 100, 100, 101))).isTrue();
        assertThat(Compaction.isDue(manifest(1, 1000, 900, 900, 900)))
                .as("so soon")
                .isFalse();
        assertThat(Compaction.isDue(manifest(1, 1000, 1, 1, 1, 1, 1, 1, 1))).isFalse();
        assertThat(Compaction.isDue(manifest(1, 1000, 1, 1, 1, 1, 1, 1, 1, 1))).isTrue();
    }

    @Test
    void whatNoneOfTenBuildsUsedIsGivenUp() {
        var now = Instant.EPOCH.plus(Duration.ofMinutes(30));
        assertThat(Compaction.unused(manifest(9, 1000), now)).isEmpty();
        assertThat(Compaction.unused(manifest(10, 1000), now)).contains(Duration.ofMinutes(9 * 60 + 30));
    }
}
