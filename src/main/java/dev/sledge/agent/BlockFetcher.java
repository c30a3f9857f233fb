package dev.sledge.agent;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Fetches what a queue asks for, on many connections. */
final class BlockFetcher implements AutoCloseable {
    /** One gives some 90 MB/s, and a processor checks what a handful of them give. */
    static final int CONNECTIONS = Math.min(16, 4 * Runtime.getRuntime().availableProcessors());

    /** How often a block is asked for that somebody waits for. */
    private static final int ATTEMPTS = 2;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final BlockMap map;
    private final BlockQueue queue;
    private final BlockDisk disk;
    private final Source source;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    /** Where images are. */
    interface Source {
        /**
         * Bytes of an image.
         *
         * @throws IOException if the store does not answer, or has less
         */
        byte[] read(ContentDigest image, long from, int length) throws IOException;
    }

    private BlockFetcher(BlockMap map, BlockQueue queue, BlockDisk disk, Source source) {
        this.map = map;
        this.queue = queue;
        this.disk = disk;
        this.source = source;
    }

    /** Fetches from now on. */
    static BlockFetcher start(BlockMap map, BlockQueue queue, BlockDisk disk, Source source) {
        var fetcher = new BlockFetcher(map, queue, disk, source);
        for (var i = 0; i < CONNECTIONS; i++) {
            fetcher.threads.add(Thread.ofPlatform().daemon().name("fetch-" + i).start(fetcher::fetch));
        }
        return fetcher;
    }

    /** How many bytes came so far. */
    long bytes() {
        return bytes.get();
    }

    /** How often the store was asked so far. */
    int requests() {
        return requests.get();
    }

    private void fetch() {
        try {
            while (true) {
                var fetch = queue.take();
                var why = failure(fetch);
                if (why.isEmpty()) {
                    queue.arrived(fetch);
                } else {
                    queue.failed(fetch, why);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tries to fetch it; empty if that went well. */
    private String failure(Fetch fetch) throws InterruptedException {
        var pause = FIRST_PAUSE;
        for (var attempt = 1; ; attempt++) {
            try {
                get(fetch.range());
                return "";
            } catch (IOException | RuntimeException e) {
                if (attempt == ATTEMPTS || fetch.urgency() != Fetch.Urgency.DEMANDED) {
                    return String.valueOf(e.getMessage());
                }
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private void get(BlockRange range) throws IOException {
        var place = map.placeOf(range.first());
        var from = (long) (range.first() - place.first()) * BlockTable.BLOCK;
        var length = (int) (Math.min(
                        (long) (range.end() - place.first()) * BlockTable.BLOCK,
                        place.image().size())
                - from);
        requests.incrementAndGet();
        var content = source.read(place.image().digest(), from, length);
        bytes.addAndGet(content.length);
        disk.keep(range, content);
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
