package dev.sledge.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A disk over a store, read by somebody. */
@Timeout(120)
class BlockFetcherTest {
    @TempDir
    Path directory;

    private final byte[] first = Images.bytes(5 * BlockTable.BLOCK + 1, 1);
    private final byte[] second = Images.bytes(BlockTable.BLOCK - 1, 2);
    private final byte[] third = Images.bytes(9 * BlockTable.BLOCK, 3);
    private final BlockMap map = new BlockMap(List.of(Images.of(first), Images.of(second), Images.of(third)));
    private final BlockQueue queue = new BlockQueue(map);
    private final Map<ContentDigest, byte[]> images = new HashMap<>(Map.of(
            map.images().get(0).digest(),
            first,
            map.images().get(1).digest(),
            second,
            map.images().get(2).digest(),
            third));

    private byte[] stored(ContentDigest image, long from, int length) {
        return Arrays.copyOfRange(images.get(image), (int) from, (int) from + length);
    }

    private byte[] whole() {
        var whole = new byte[(int) map.size()];
        for (var place : map.places()) {
            var content =
                    java.util.Objects.requireNonNull(images.get(place.image().digest()));
            System.arraycopy(content, 0, whole, (int) place.offset(), content.length);
        }
        return whole;
    }

    private static byte[] read(BlockDisk disk, long at, int length) throws Exception {
        var into = ByteBuffer.allocate(length);
        disk.read(at, into);
        return into.array();
    }

    @Test
    void anyReadGivesWhatTheImagesHave() throws Exception {
        var whole = whole();
        try (var disk = new BlockDisk(map, queue, directory.resolve("disk"));
                var fetcher = BlockFetcher.start(map, queue, disk, this::stored)) {
            var random = new Random(5);
            for (var i = 0; i < 300; i++) {
                var at = random.nextInt(whole.length);
                var length = 1 + random.nextInt(Math.min(whole.length - at, 600_000));
                assertThat(read(disk, at, length)).isEqualTo(Arrays.copyOfRange(whole, at, at + length));
            }
            assertThat(fetcher.bytes()).isLessThanOrEqualTo(first.length + second.length + third.length);
        }
        assertThat(Files.size(directory.resolve("disk"))).isEqualTo(map.size());
    }

    @Test
    void aDamagedBlockIsShownToNobody() throws Exception {
        third[3 * BlockTable.BLOCK + 7] ^= 1;
        try (var disk = new BlockDisk(map, queue, directory.resolve("disk"));
                var fetcher = BlockFetcher.start(map, queue, disk, this::stored)) {
            var at = map.places().getLast().offset();
            assertThatIOException()
                    .isThrownBy(() -> read(disk, at + 3 * BlockTable.BLOCK, 10))
                    .withMessage("block 3 of " + map.images().getLast().digest() + " is damaged");
            assertThat(fetcher.requests()).isGreaterThan(1);
        }
    }

    @Test
    void aStoreThatFailsNowAndThenIsAskedAgain() throws Exception {
        var asked = new AtomicInteger();
        try (var disk = new BlockDisk(map, queue, directory.resolve("disk"));
                var fetcher = BlockFetcher.start(map, queue, disk, (image, from, length) -> {
                    if (asked.incrementAndGet() % 2 == 1) {
                        throw SdkClientException.create("reset");
                    }
                    return stored(image, from, length);
                })) {
            assertThat(read(disk, 0, 10)).isEqualTo(Arrays.copyOf(first, 10));
            assertThat(fetcher.requests()).isEqualTo(2);
        }
    }

    @Test
    void aStoreThatGivesTooLittleIsNotBelieved() throws Exception {
        try (var disk = new BlockDisk(map, queue, directory.resolve("disk"));
                var fetcher = BlockFetcher.start(
                        map, queue, disk, (image, from, length) -> stored(image, from, length - 1))) {
            assertThatIOException().isThrownBy(() -> read(disk, 0, 10)).withMessageContaining("damaged");
            assertThat(fetcher.bytes()).isPositive();
        }
    }
}
