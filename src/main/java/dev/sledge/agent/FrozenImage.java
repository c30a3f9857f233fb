package dev.sledge.agent;

/**
 * A read-only file system with a part of an engine's state, which never changes: squashfs.
 *
 * @param size in bytes
 * @param streamed how many of its first blocks are fetched without being asked for, when nothing else is to be done; compressed layers lie
 *     behind them, which hardly any build reads
 * @param blocks its blocks
 * @see <a href="https://docs.kernel.org/filesystems/squashfs.html">squashfs</a>
 */
record FrozenImage(long size, int streamed, BlockTable blocks) {
    FrozenImage {
        if (size <= 0 || (size + BlockTable.BLOCK - 1) / BlockTable.BLOCK != blocks.blocks()) {
            throw new IllegalArgumentException(size + " bytes are not " + blocks.blocks() + " blocks");
        }
        if (streamed < 0 || streamed > blocks.blocks()) {
            throw new IllegalArgumentException(streamed + " of " + blocks.blocks() + " blocks cannot be streamed");
        }
    }

    /** How it is called. */
    ContentDigest digest() {
        return blocks.digest();
    }

    /** How many bytes the block has. */
    int length(int block) {
        return (int) Math.min(BlockTable.BLOCK, size - (long) block * BlockTable.BLOCK);
    }
}
