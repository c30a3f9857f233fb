package dev.sledge.agent;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks of a disk are there, and which are fetched next: those that somebody waits for; then those that earlier builds touched, in
 * their order; then, when nobody has waited for a while, the rest.
 */
final class BlockQueue {
    /** Bytes that follow are read next as a rule. */
    private static final int AHEAD = 4;

    /** Small enough that many connections have something to do, large enough that the way to the store and back does not count. */
    private static final int PIECE = 8;

    /** How long nobody must have waited until what nobody asked for is fetched. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** Between two pieces of that: some 20 MB a second, which a build does not feel. */
    private static final Duration PACE = Duration.ofMillis(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition toFetch = lock.newCondition();
    private final Condition arrived = lock.newCondition();
    private final BlockMap map;
    private final BitSet present;
    private final BitSet claimed;
    private final BitSet touched;
    private final List<Integer> touchOrder = new ArrayList<>();
    private final Deque<Integer> demanded = new ArrayDeque<>();
    private final Deque<BlockRange> remembered = new ArrayDeque<>();
    private long lastDemand = System.nanoTime();
    private long lastStreamed = System.nanoTime();
    private String dead = "";
    private boolean closed;

    BlockQueue(BlockMap map) {
        this.map = map;
        this.present = new BitSet(map.blocks());
        this.claimed = new BitSet(map.blocks());
        this.touched = new BitSet(map.blocks());
    }

    /**
     * What is to be fetched.
     *
     * @param range blocks that lie side by side, of one image
     * @param urgency who needs it
     */
    record Fetch(BlockRange range, Urgency urgency) {}

    /** Who needs a block. */
    enum Urgency {
        /** Somebody waits. */
        DEMANDED,
        /** An earlier build read it. */
        REMEMBERED,
        /** Nobody did yet. */
        STREAMED
    }

    /** To be fetched soon, in this order. */
    void remember(List<BlockRange> ranges) {
        lock.lock();
        try {
            remembered.addAll(ranges);
            toFetch.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the blocks are there.
     *
     * @param isRead whether it counts as touched by this build
     * @throws IOException if they cannot be had any more
     */
    void await(BlockRange range, boolean isRead) throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (isRead) {
                touch(range);
            }
            for (var block = present.nextClearBit(range.first());
                    block < range.end();
                    block = present.nextClearBit(block)) {
                lastDemand = System.nanoTime();
                if (!dead.isEmpty()) {
                    throw new IOException(dead);
                }
                if (!claimed.get(block)) {
                    demanded.add(block);
                    toFetch.signal();
                }
                arrived.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void touch(BlockRange range) {
        for (var block = touched.nextClearBit(range.first());
                block < range.end();
                block = touched.nextClearBit(block)) {
            touched.set(block);
            touchOrder.add(block);
        }
    }

    /** The blocks that were read, in the order of their first time. */
    List<Integer> touched() {
        lock.lock();
        try {
            return List.copyOf(touchOrder);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something to fetch, and leaves it to the caller. */
    Fetch take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                var next = closed ? null : next();
                if (next != null) {
                    claimed.set(next.range().first(), next.range().end());
                    return next;
                }
                toFetch.await(PACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Fetch next() {
        while (!demanded.isEmpty()) {
            var block = demanded.remove();
            if (!claimed.get(block)) {
                return new Fetch(free(block, Math.min(block + AHEAD, map.endOfImage(block))), Urgency.DEMANDED);
            }
        }
        while (!remembered.isEmpty()) {
            var range = remembered.remove();
            var first = claimed.nextClearBit(range.first());
            if (first < range.end()) {
                var piece = free(first, Math.min(first + PIECE, range.end()));
                if (piece.end() < range.end()) {
                    remembered.addFirst(new BlockRange(piece.end(), range.end()));
                }
                return new Fetch(piece, Urgency.REMEMBERED);
            }
        }
        return streamed(System.nanoTime());
    }

    private @Nullable Fetch streamed(long now) {
        if (now - lastDemand < QUIET.toNanos() || now - lastStreamed < PACE.toNanos()) {
            return null;
        }
        for (var range : map.streamed()) {
            var first = claimed.nextClearBit(range.first());
            if (first < range.end()) {
                lastStreamed = now;
                return new Fetch(free(first, Math.min(first + PIECE, range.end())), Urgency.STREAMED);
            }
        }
        return null;
    }

    /** From a free block on as far as blocks are free. */
    private BlockRange free(int first, int end) {
        var taken = claimed.nextSetBit(first);
        return new BlockRange(first, taken < 0 ? end : Math.min(taken, end));
    }

    /** What was taken is there now. */
    void arrived(Fetch fetch) {
        ended(() -> present.set(fetch.range().first(), fetch.range().end()));
    }

    /** What was taken could not be had. Nobody gets a block any more if somebody waits for one of these. */
    void failed(Fetch fetch, String why) {
        ended(() -> {
            claimed.clear(fetch.range().first(), fetch.range().end());
            lastDemand = System.nanoTime();
            if (fetch.urgency() == Urgency.DEMANDED && dead.isEmpty()) {
                dead = why;
            }
        });
    }

    private void ended(Runnable state) {
        lock.lock();
        try {
            state.run();
            arrived.signalAll();
            toFetch.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is fetched any more unless somebody waits for it. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
