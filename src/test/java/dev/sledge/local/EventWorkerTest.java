package dev.sledge.local;

import static dev.sledge.local.EventFilesTest.push;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.webhook.DeliveryId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventWorkerTest {
    private static final Duration MOMENT = Duration.ofMillis(50);

    @TempDir
    Path directory;

    private EventFiles queue;
    private final List<EventWorker> running = new ArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<String> handled = new LinkedBlockingQueue<>();

    @BeforeEach
    void open() {
        queue = EventFiles.open(directory, InstantSource.system(), log::add);
    }

    @AfterEach
    void close() {
        running.forEach(EventWorker::close);
        queue.close();
    }

    private static String name(RepositoryEvent event) {
        return event.ref().name() + ((Pushed) event).commit().hex().replaceFirst("^0+", "");
    }

    private void put(String branch, int number) {
        queue.put(new DeliveryId(branch + number), push(branch, number));
    }

    private void start(Consumer<RepositoryEvent> handler) {
        running.add(EventWorker.start(queue, handler, log::add, InstantSource.system(), List.of(MOMENT, MOMENT)));
    }

    private String next() throws InterruptedException {
        return String.valueOf(handled.poll(20, TimeUnit.SECONDS));
    }

    private void awaitEmpty() throws InterruptedException {
        while (!queue.waiting().isEmpty()) {
            Thread.sleep(5);
        }
    }

    @Test
    void eventsAreHandledInTheirOrder() throws Exception {
        put("a", 1);
        put("b", 2);
        start(event -> handled.add(name(event)));
        assertThat(next()).isEqualTo("a1");
        assertThat(next()).isEqualTo("b2");
        // Also what comes while it sleeps.
        put("a", 3);
        assertThat(next()).isEqualTo("a3");
        awaitEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void aFailureHoldsUpItsOwnRefAlone() throws Exception {
        put("a", 1);
        put("a", 2);
        put("b", 3);
        var failing = new CountDownLatch(1);
        start(event -> {
            if (name(event).equals("a1") && failing.getCount() > 0) {
                failing.countDown();
                throw new LocalServiceException("the disk is full");
            }
            handled.add(name(event));
        });
        assertThat(next()).isEqualTo("b3");
        assertThat(next()).isEqualTo("a1");
        assertThat(next()).isEqualTo("a2");
        awaitEmpty();
        assertThat(log).containsExactly("octocat/hello refs/heads/a: the disk is full; tried again in 0 s");
    }

    @Test
    void whatFailsThreeTimesIsKeptAside() throws Exception {
        put("a", 1);
        put("a", 2);
        start(event -> {
            handled.add(name(event));
            if (name(event).equals("a1")) {
                throw new LocalServiceException("the forge is down");
            }
        });
        assertThat(List.of(next(), next(), next(), next())).containsExactly("a1", "a1", "a1", "a2");
        awaitEmpty();
        assertThat(log).hasSize(3);
        assertThat(log.getLast())
                .startsWith("octocat/hello refs/heads/a: the forge is down; given up after 3 attempts, kept in "
                        + directory.resolve("failed"));
        assertThat(directory.resolve("failed").toFile().list()).hasSize(1);
    }

    @Test
    void whatIsInterruptedByTheEndComesAgain() throws Exception {
        put("a", 1);
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        start(event -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            throw new LocalServiceException("interrupted");
        });
        begun.await();
        var closing = Thread.ofVirtual().start(running.getLast()::close);
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(5);
        }
        end.countDown();
        closing.join();
        assertThat(queue.waiting()).hasSize(1);
        assertThat(log).isEmpty();
        start(event -> handled.add(name(event)));
        assertThat(next()).isEqualTo("a1");
        awaitEmpty();
    }
}
