package dev.sledge.agent;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The blocks that were read, in the order of their first time. Not for several threads. */
final class TouchedBlocks {
    private final BitSet touched = new BitSet();
    private final List<Integer> order = new ArrayList<>();

    /** Adds those that were not read before. */
    void add(BlockRange range) {
        for (var block = touched.nextClearBit(range.first());
                block < range.end();
                block = touched.nextClearBit(block)) {
            touched.set(block);
            order.add(block);
        }
    }

    List<Integer> inOrder() {
        return List.copyOf(order);
    }
}
