package dev.sledge.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sledge.agent.Fetch.Urgency;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockQueueTest {
    /** 40 blocks, then 20, of which the first five are streamed. */
    private final BlockMap map = new BlockMap(List.of(
            Images.of(Images.bytes(40 * BlockTable.BLOCK, 1)), Images.of(Images.bytes(20 * BlockTable.BLOCK, 2), 5)));

    private final BlockQueue queue = new BlockQueue(map);

    private CompletableFuture<Void> waiting(int first, int end) {
        return CompletableFuture.runAsync(() -> {
            try {
                queue.await(new BlockRange(first, end), true);
            } catch (IOException e) {
                throw new CompletionException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void waits(CompletableFuture<Void> read) throws InterruptedException {
        Thread.sleep(50);
        assertThat(read).isNotDone();
    }

    @Test
    void whatIsRememberedIsFetchedInItsOrderAndInPieces() throws Exception {
        queue.remember(List.of(new BlockRange(30, 33), new BlockRange(0, 20), new BlockRange(31, 35)));
        assertThat(queue.take()).isEqualTo(new Fetch(new BlockRange(30, 33), Urgency.REMEMBERED));
        assertThat(queue.take().range()).isEqualTo(new BlockRange(0, 8));
        assertThat(queue.take().range()).isEqualTo(new BlockRange(8, 16));
        assertThat(queue.take().range()).isEqualTo(new BlockRange(16, 20));
        assertThat(queue.take().range()).isEqualTo(new BlockRange(33, 35));
    }

    @Test
    void aBlockThatSomebodyWaitsForComesFirst() throws Exception {
        queue.remember(List.of(new BlockRange(0, 20)));
        var read = waiting(38, 39);
        waits(read);
        var fetch = queue.take();
        // With those behind it, as far as the image goes.
        assertThat(fetch).isEqualTo(new Fetch(new BlockRange(38, 40), Urgency.DEMANDED));
        queue.arrived(fetch);
        read.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aReadReturnsWhenAllItsBlocksAreThere() throws Exception {
        var read = waiting(3, 12);
        waits(read);
        for (var fetch = queue.take(); ; fetch = queue.take()) {
            queue.arrived(fetch);
            if (fetch.range().end() >= 12) {
                break;
            }
            waits(read);
        }
        read.get(10, TimeUnit.SECONDS);
        assertThat(queue.touched()).containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    @Test
    void whatIsOnItsWayIsNotFetchedTwice() throws Exception {
        queue.remember(List.of(new BlockRange(0, 4)));
        var first = queue.take();
        var read = waiting(2, 3);
        waits(read);
        queue.remember(List.of(new BlockRange(0, 6)));
        assertThat(queue.take().range()).isEqualTo(new BlockRange(4, 6));
        queue.arrived(first);
        read.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whatNobodyAskedForIsFetchedWhenItIsQuiet() throws Exception {
        var before = System.nanoTime();
        var fetch = queue.take();
        assertThat(fetch).isEqualTo(new Fetch(new BlockRange(40, 45), Urgency.STREAMED));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(500));
    }

    @Test
    void whatCouldNotBeHadUnaskedIsTriedAgainWhenSomebodyWaits() throws Exception {
        queue.remember(List.of(new BlockRange(0, 4)));
        queue.failed(queue.take(), "no");
        var read = waiting(1, 2);
        waits(read);
        var again = queue.take();
        assertThat(again).isEqualTo(new Fetch(new BlockRange(1, 5), Urgency.DEMANDED));
        queue.arrived(again);
        read.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whoWaitsForWhatCannotBeHadIsTold() throws Exception {
        var read = waiting(1, 2);
        queue.failed(queue.take(), "the store is gone");
        assertThat(read)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("the store is gone");
        assertThatIOException().isThrownBy(() -> queue.await(new BlockRange(7, 8), true));
    }

    @Test
    void aBlockIsTouchedByItsFirstReadAlone() throws Exception {
        queue.remember(map.whole());
        while (true) {
            var fetch = queue.take();
            queue.arrived(fetch);
            if (fetch.range().end() == map.blocks()) {
                break;
            }
        }
        queue.await(new BlockRange(50, 52), true);
        queue.await(new BlockRange(3, 4), true);
        queue.await(new BlockRange(51, 53), true);
        queue.await(new BlockRange(9, 10), false);
        assertThat(queue.touched()).containsExactly(50, 51, 3, 52);
        assertThat(map.runs(queue.touched()))
                .containsExactly(
                        new BlockRun(map.images().get(1).digest(), 10, 2),
                        new BlockRun(map.images().get(0).digest(), 3, 1),
                        new BlockRun(map.images().get(1).digest(), 12, 1));
    }
}
