package dev.sledge.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.local.BuildEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The block server before clients that others wrote: nbdinfo, nbdcopy and nbdfuse of libnbd. */
class NbdServerIT {
    private final byte[] first = Images.bytes(40 * BlockTable.BLOCK + 4711, 1);
    private final byte[] second = Images.bytes(3 * BlockTable.BLOCK, 2);
    private final BlockMap map = new BlockMap(List.of(Images.of(first), Images.of(second)));
    private final BlockQueue queue = new BlockQueue(map);

    private byte[] stored(ContentDigest image, long from, int length) {
        var content = image.equals(map.images().getFirst().digest()) ? first : second;
        return Arrays.copyOfRange(content, (int) from, (int) from + length);
    }

    @Test
    void othersReadOfItWhatTheImagesHave(@TempDir Path directory) throws Exception {
        var refused = new ConcurrentLinkedQueue<Exception>();
        try (var disk = new BlockDisk(map, queue, directory.resolve("disk"));
                var fetcher = BlockFetcher.start(map, queue, disk, this::stored);
                var server = NbdServer.start(directory.resolve("nbd"), disk, refused::add);
                var container = BuildEngine.start(System.getenv(), directory, what -> {})) {
            assertThat(server).isNotNull();
            var device = "nbd+unix:///?socket=" + directory.resolve("nbd");
            var info = new JsonMapper().readTree(container.run("nbdinfo", "--json", device));
            assertThat(info.path("protocol").asText()).isEqualTo("newstyle-fixed");
            assertThat(info.at("/exports/0/export-size").asLong()).isEqualTo(map.size());
            assertThat(info.at("/exports/0/is_read_only").asBoolean()).isTrue();
            assertThat(info.at("/exports/0/can_multi_conn").asBoolean()).isTrue();
            container.run("nbdinfo", "--list", device);

            container.run(
                    "nbdcopy",
                    "--connections=4",
                    "--requests=32",
                    device,
                    directory.resolve("copy").toString());
            var expected = Files.readAllBytes(directory.resolve("disk"));
            assertThat(Arrays.copyOf(expected, first.length)).isEqualTo(first);
            assertThat(Files.readAllBytes(directory.resolve("copy"))).isEqualTo(expected);
            assertThat(fetcher.bytes()).isEqualTo(first.length + second.length);

            // Random reads of any size, compared by a program that knows nothing of blocks.
            container.run("bash", "-ec", """
                    mkdir /shown; [ -e /dev/fuse ] || mknod /dev/fuse c 10 229
                    nbdfuse --readonly --pidfile /nbdfuse.pid /shown/disk '%s' & while [ ! -e /nbdfuse.pid ]; do sleep 0.01; done
                    RANDOM=1
                    for _ in $(seq 200); do
                      at=$(((RANDOM * 32768 + RANDOM) %% %d)) count=$((RANDOM * 16 + 1))
                      cmp <(tail -c +$at /shown/disk | head -c $count) <(tail -c +$at %s | head -c $count)
                    done
                    umount /shown/disk || fusermount3 -u /shown/disk || umount /shown
                    """.formatted(device, map.size(), directory.resolve("copy")));
            assertThat(refused).isEmpty();
        }
    }
}
