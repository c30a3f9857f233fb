package dev.sledge.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A disk whose blocks come when they are read: a file with holes, and no hole is ever shown to anybody. */
final class BlockDisk implements AutoCloseable {
    private final BlockMap map;
    private final BlockQueue queue;
    private final FileChannel file;

    /** @param path of a file that is made anew */
    BlockDisk(BlockMap map, BlockQueue queue, Path path) throws IOException {
        this.map = map;
        this.queue = queue;
        this.file = FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.SPARSE);
        // A file as long as the disk, for whoever mounts it when it is whole.
        file.write(ByteBuffer.allocate(1), map.size() - 1);
    }

    long size() {
        return map.size();
    }

    /**
     * Reads until {@code into} is full, waiting for what is not there yet.
     *
     * @throws IOException if it cannot be had
     */
    void read(long at, ByteBuffer into) throws IOException, InterruptedException {
        queue.await(BlockRange.of(at, into.remaining()), true);
        for (var position = at; into.hasRemaining(); ) {
            var count = file.read(into, position);
            if (count < 0) {
                throw new IOException("the disk ends at " + position);
            }
            position += count;
        }
    }

    /**
     * Keeps blocks that were fetched.
     *
     * @param content of all blocks of the range, one behind the other
     * @throws IOException if one is not what it should be; then none is kept
     */
    void keep(BlockRange range, byte[] content) throws IOException {
        var place = map.placeOf(range.first());
        var at = 0;
        for (var block = range.first(); block < range.end(); block++) {
            var number = block - place.first();
            var length = place.image().length(number);
            if (at + length > content.length || !place.image().blocks().isBlock(number, content, at, length)) {
                throw new DamagedBlockException(place.image().digest(), number);
            }
            at += length;
        }
        var bytes = ByteBuffer.wrap(content, 0, at);
        for (var position = (long) range.first() * BlockTable.BLOCK; bytes.hasRemaining(); ) {
            position += file.write(bytes, position);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
