package dev.sledge.local;

import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.local.EventFiles.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Handles the events of a queue one after the other, those of one ref in their order. One that fails is tried again after a while; what
 * came for the same ref after it waits, anything else does not.
 */
public final class EventWorker implements AutoCloseable {
    private static final List<Duration> PAUSES = List.of(Duration.ofSeconds(5), Duration.ofMinutes(1));
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final EventFiles queue;
    private final Consumer<RepositoryEvent> handler;
    private final Consumer<String> log;
    private final InstantSource clock;
    private final List<Duration> pauses;
    private final Map<String, Failures> failures = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    private record Failures(int count, Instant until) {}

    private record Subject(Repository repository, String ref) {
        static Subject of(RepositoryEvent event) {
            return new Subject(event.repository(), event.ref().full());
        }
    }

    /**
     * Starts to work.
     *
     * @param handler does what an event asks for; what it throws means that it is to be tried again
     * @param log hears of each failure
     */
    public static EventWorker start(EventFiles queue, Consumer<RepositoryEvent> handler, Consumer<String> log) {
        return start(queue, handler, log, InstantSource.system(), PAUSES);
    }

    static EventWorker start(
            EventFiles queue,
            Consumer<RepositoryEvent> handler,
            Consumer<String> log,
            InstantSource clock,
            List<Duration> pauses) {
        var worker = new EventWorker(queue, handler, log, clock, pauses);
        worker.thread.start();
        return worker;
    }

    private EventWorker(
            EventFiles queue,
            Consumer<RepositoryEvent> handler,
            Consumer<String> log,
            InstantSource clock,
            List<Duration> pauses) {
        this.queue = queue;
        this.handler = handler;
        this.log = log;
        this.clock = clock;
        this.pauses = List.copyOf(pauses);
        this.thread = Thread.ofPlatform().name("events").unstarted(this::work);
    }

    private void work() {
        try {
            while (!closed) {
                queue.choose(this::next, this::pause).ifPresent(this::handle);
            }
        } catch (InterruptedException e) {
            // Closed: what waits is taken up at the next start.
        }
    }

    /** The oldest event that no failure holds up. */
    private Optional<Waiting> next(List<Waiting> waiting) {
        var heldUp = new HashSet<Subject>();
        var now = clock.instant();
        if (closed) {
            return Optional.empty();
        }
        for (var event : waiting) {
            var subject = Subject.of(event.event());
            var failed = failures.get(event.name());
            if (failed != null && now.isBefore(failed.until())) {
                heldUp.add(subject);
            } else if (!heldUp.contains(subject)) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    private Duration pause() {
        if (closed) {
            return Duration.ZERO;
        }
        var now = clock.instant();
        return failures.values().stream()
                .map(failed -> Duration.between(now, failed.until()))
                .filter(pause -> !pause.isNegative())
                .min(Duration::compareTo)
                .orElse(IDLE);
    }

    private void handle(Waiting event) {
        try {
            handler.accept(event.event());
            failures.remove(event.name());
            queue.finish(event);
        } catch (RuntimeException e) { // whatever it is, the next event deserves its turn
            if (!closed) {
                failed(event, e);
            }
        }
    }

    private void failed(Waiting event, RuntimeException e) {
        var count =
                failures.containsKey(event.name()) ? failures.get(event.name()).count() : 0;
        var subject = event.event().repository() + " " + event.event().ref().full();
        var why = subject + ": " + (e.getMessage() == null ? e.toString() : e.getMessage());
        if (count < pauses.size()) {
            var pause = pauses.get(count);
            failures.put(event.name(), new Failures(count + 1, clock.instant().plus(pause)));
            log.accept(why + "; tried again in " + pause.toSeconds() + " s");
        } else {
            giveUp(event, why);
        }
    }

    private void giveUp(Waiting event, String why) {
        try {
            log.accept(why + "; given up after " + (pauses.size() + 1) + " attempts, kept in " + queue.giveUp(event)
                    + "; have the forge deliver it again");
            failures.remove(event.name());
        } catch (LocalServiceException e) {
            failures.put(
                    event.name(), new Failures(pauses.size(), clock.instant().plus(IDLE)));
            log.accept(why + "; " + e.getMessage());
        }
    }

    /** Takes no further event and waits for the one at hand, whose handler is to be stopped by whoever can. */
    @Override
    public void close() {
        closed = true;
        queue.wake();
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
