package dev.sledge.agent;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

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

    /**
     * Between two pieces of that: some 4 MB a second. Hardly a build reads any of it, and two processors that also build feel what they check
     * and carry.
     */
    private static final Duration PACE = Duration.ofMillis(500);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition toFetch = lock.newCondition();
    private final Condition arrived = lock.newCondition();
    private final BlockMap map;
    private final BitSet present;
    private final BitSet claimed;
    private final TouchedBlocks touched = new TouchedBlocks();
    private final Deque<Integer> demanded = new ArrayDeque<>();
    private final Deque<BlockRange> remembered = new ArrayDeque<>();
    private long lastDemand = System.nanoTime();
    private long lastStreamed = System.nanoTime();
    private String dead = "";

    BlockQueue(BlockMap map) {
        this.map = map;
        this.present = new BitSet(map.blocks());
        this.claimed = new BitSet(map.blocks());
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
                touched.add(range);
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

    /** The blocks that were read, in the order of their first time. */
    List<Integer> touched() {
        lock.lock();
        try {
            return touched.inOrder();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something to fetch, and leaves it to the caller. */
    Fetch take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                var next = next();
                if (next.isPresent()) {
                    claimed.set(next.get().range().first(), next.get().range().end());
                    return next.get();
                }
                toFetch.await(PACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<Fetch> next() {
        while (!demanded.isEmpty()) {
            var block = demanded.remove();
            if (!claimed.get(block)) {
                return Optional.of(
                        new Fetch(free(block, Math.min(block + AHEAD, map.endOfImage(block))), Fetch.Urgency.DEMANDED));
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
                return Optional.of(new Fetch(piece, Fetch.Urgency.REMEMBERED));
            }
        }
        return streamed(System.nanoTime());
    }

    private Optional<Fetch> streamed(long now) {
        if (now - lastDemand < QUIET.toNanos() || now - lastStreamed < PACE.toNanos()) {
            return Optional.empty();
        }
        for (var range : map.streamed()) {
            var first = claimed.nextClearBit(range.first());
            if (first < range.end()) {
                lastStreamed = now;
                return Optional.of(
                        new Fetch(free(first, Math.min(first + PIECE, range.end())), Fetch.Urgency.STREAMED));
            }
        }
        return Optional.empty();
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
            if (fetch.urgency() == Fetch.Urgency.DEMANDED && dead.isEmpty()) {
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
}
