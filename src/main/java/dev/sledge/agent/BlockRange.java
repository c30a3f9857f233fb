package dev.sledge.agent;

/**
 * Blocks of a disk that lie side by side.
 *
 * @param first the number of the first one
 * @param end the number behind the last one
 */
record BlockRange(int first, int end) {
    BlockRange {
        if (first < 0 || end <= first) {
            throw new IllegalArgumentException("from " + first + " to " + end + " there is no block");
        }
    }

    /** The blocks that hold some bytes, one at least. */
    static BlockRange of(long at, int length) {
        return new BlockRange(
                (int) (at / BlockTable.BLOCK), (int) ((at + length + BlockTable.BLOCK - 1) / BlockTable.BLOCK));
    }

    int count() {
        return end - first;
    }
}
