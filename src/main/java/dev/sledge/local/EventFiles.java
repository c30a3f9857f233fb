package dev.sledge.local;

import dev.sledge.event.RepositoryEvent;
import dev.sledge.pipeline.EventNotQueuedException;
import dev.sledge.pipeline.EventQueue;
import dev.sledge.webhook.DeliveryId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A queue that outlives the process: one file an event, on the disk before {@link #put} returns. */
public final class EventFiles implements EventQueue, AutoCloseable {
    /** As long as SQS remembers. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    /** The number orders, the hash tells a delivery that comes again. */
    private static final Pattern NAME = Pattern.compile("(?<number>[0-9]{16})-(?<hash>[0-9a-f]{64})\\.json");

    private final EventDirectory directory;
    private final InstantSource clock;
    private final NavigableMap<String, RepositoryEvent> events;
    private long last;
    private long changes;

    /**
     * One event that waits.
     *
     * @param name of its file
     */
    public record Waiting(String name, RepositoryEvent event) {}

    private EventFiles(EventDirectory directory, NavigableMap<String, RepositoryEvent> events, InstantSource clock) {
        this.directory = directory;
        this.events = events;
        this.clock = clock;
        this.last = events.isEmpty()
                ? 0
                : Long.parseLong(events.lastKey().substring(0, events.lastKey().indexOf('-')));
    }

    /**
     * Opens a queue, with what was left in it.
     *
     * @param faults hears of files that hold no event; they are put aside
     * @throws LocalServiceException if the directory cannot be used, or another process uses it
     */
    public static EventFiles open(Path path, InstantSource clock, Consumer<String> faults) {
        try {
            var directory = EventDirectory.open(path);
            try {
                return new EventFiles(directory, directory.waiting(faults), clock);
            } catch (IOException | RuntimeException e) {
                directory.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LocalServiceException("the queue in " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("its name is none of the queue's");
        }
    }

    @Override
    public synchronized void put(DeliveryId delivery, RepositoryEvent event) {
        try {
            directory.forget(clock.instant().minus(REMEMBERED));
            var hash = hash(delivery, event);
            if (directory.isDone(hash)
                    || events.keySet().stream().anyMatch(name -> hash(name).equals(hash))) {
                return;
            }
            var name = "%016d-%s.json".formatted(last + 1, hash);
            directory.write(name, event);
            last++;
            events.put(name, event);
            wake();
        } catch (IOException e) {
            throw new EventNotQueuedException("the event cannot be written: " + e.getMessage(), e);
        }
    }

    private static String hash(String name) {
        return name.substring(name.indexOf('-') + 1, name.indexOf('.'));
    }

    private static String hash(DeliveryId delivery, RepositoryEvent event) {
        var what = delivery.value() + "\n" + event.repository().host() + "\n"
                + event.repository().fullName() + "\n" + event.ref().full();
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** All that waits, the oldest first. */
    public synchronized List<Waiting> waiting() {
        return events.entrySet().stream()
                .map(entry -> new Waiting(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * Chooses among what waits; if nothing is chosen, sleeps until an event is put or {@link #wake} is called, for so long at most.
     *
     * @return what was chosen
     */
    synchronized Optional<Waiting> choose(Function<List<Waiting>, Optional<Waiting>> choice, Supplier<Duration> longest)
            throws InterruptedException {
        var chosen = choice.apply(waiting());
        if (chosen.isEmpty()) {
            var until = System.nanoTime() + longest.get().toNanos();
            var seen = changes;
            var left = until - System.nanoTime();
            while (seen == changes && left > 0) {
                wait(left / 1_000_000 + 1);
                left = until - System.nanoTime();
            }
        }
        return chosen;
    }

    /** Ends the sleep of whoever chooses. */
    synchronized void wake() {
        changes++;
        notifyAll();
    }

    /** An event has been handled: it does not come again, nor does its delivery for some minutes. */
    synchronized void finish(Waiting event) {
        try {
            directory.done(event.name(), hash(event.name()), clock.instant());
            events.remove(event.name());
        } catch (IOException e) {
            throw new LocalServiceException("the event " + event.name() + " cannot be put away: " + e.getMessage(), e);
        }
    }

    /**
     * An event is given up.
     *
     * @return where it lies now
     */
    synchronized Path giveUp(Waiting event) {
        try {
            var aside = directory.putAside(event.name());
            events.remove(event.name());
            return aside;
        } catch (IOException e) {
            throw new LocalServiceException("the event " + event.name() + " cannot be put aside: " + e.getMessage(), e);
        }
    }

    /** Lets another process have the queue. */
    @Override
    public void close() {
        try {
            directory.close();
        } catch (IOException e) {
            throw new LocalServiceException("the queue's lock cannot be given up", e);
        }
    }
}
