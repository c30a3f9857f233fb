package dev.sledge.local;

import dev.sledge.aws.EventJson;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.pipeline.EventNotQueuedException;
import dev.sledge.pipeline.EventQueue;
import dev.sledge.webhook.DeliveryId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A queue that outlives the process: one file an event, {@code waiting/<number>-<hash>.json}, on the disk before {@link #put} returns. An
 * event that is done lies in {@code done/} for as long as the same delivery is not to count again, one that was given up in {@code failed/}.
 */
public final class EventFiles implements EventQueue, AutoCloseable {
    /** As long as SQS remembers. */
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private static final Pattern NAME = Pattern.compile("(?<number>[0-9]{16})-(?<hash>[0-9a-f]{64})\\.json");

    private final Path waiting;
    private final Path done;
    private final Path failed;
    private final FileChannel lock;
    private final InstantSource clock;
    private final NavigableMap<String, RepositoryEvent> events = new TreeMap<>();
    private long last;
    private long changes;

    /**
     * One event that waits.
     *
     * @param name of its file
     */
    public record Waiting(String name, RepositoryEvent event) {}

    private EventFiles(Path directory, FileChannel lock, InstantSource clock) throws IOException {
        this.waiting = Files.createDirectories(directory.resolve("waiting"));
        this.done = Files.createDirectories(directory.resolve("done"));
        this.failed = Files.createDirectories(directory.resolve("failed"));
        this.lock = lock;
        this.clock = clock;
    }

    /**
     * Opens a queue, with what was left in it.
     *
     * @param faults hears of files that hold no event; they are put aside
     * @throws LocalServiceException if the directory cannot be used, or another process uses it
     */
    public static EventFiles open(Path directory, InstantSource clock, Consumer<String> faults) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var queue = new EventFiles(directory, lock(directory), clock);
            try {
                queue.load(faults);
                return queue;
            } catch (IOException | RuntimeException e) {
                queue.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LocalServiceException("the queue in " + directory + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        var channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // This very process has it: said as of any other.
        }
        channel.close();
        throw new LocalServiceException("another sledge serve works on the queue in " + directory
                + "; stop it, or give this one a directory of its own with XDG_STATE_HOME");
    }

    private void load(Consumer<String> faults) throws IOException {
        try (var files = Files.list(waiting)) {
            for (var file : files.sorted().toList()) {
                var name = String.valueOf(file.getFileName());
                if (name.endsWith(".new")) {
                    // Never answered for: whoever sent it heard nothing good.
                    Files.delete(file);
                    continue;
                }
                var written = NAME.matcher(name);
                try {
                    if (!written.matches()) {
                        throw new IllegalArgumentException("its name is none of the queue's");
                    }
                    events.put(name, EventJson.read(Files.readString(file)));
                    last = Math.max(last, Long.parseLong(written.group("number")));
                } catch (IllegalArgumentException e) {
                    Files.move(file, failed.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                    faults.accept("put aside " + failed.resolve(name) + ": " + e.getMessage());
                }
            }
        }
    }

    @Override
    public synchronized void put(DeliveryId delivery, RepositoryEvent event) {
        try {
            forget();
            var hash = hash(delivery, event);
            if (isKnown(hash)) {
                return;
            }
            var name = "%016d-%s.json".formatted(last + 1, hash);
            write(name, EventJson.write(event));
            last++;
            events.put(name, event);
            wake();
        } catch (IOException e) {
            throw new EventNotQueuedException("the event cannot be written to " + waiting + ": " + e.getMessage(), e);
        }
    }

    private boolean isKnown(String hash) {
        return Files.exists(done.resolve(hash))
                || events.keySet().stream().anyMatch(name -> name.endsWith("-" + hash + ".json"));
    }

    private void forget() throws IOException {
        var since = clock.instant().minus(REMEMBERED);
        try (var files = Files.list(done)) {
            for (var file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The event is either there, whole, or not: also when the power fails. */
    private void write(String name, String text) throws IOException {
        var draft = waiting.resolve(name + ".new");
        try (var file = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        Files.move(draft, waiting.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(waiting, StandardOpenOption.READ)) {
            directory.force(true);
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
        var hash = event.name().substring(17, 17 + 64);
        try {
            var file =
                    Files.move(waiting.resolve(event.name()), done.resolve(hash), StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            events.remove(event.name());
        } catch (IOException e) {
            throw new LocalServiceException(
                    "the event " + waiting.resolve(event.name()) + " cannot be put away: " + e.getMessage(), e);
        }
    }

    /**
     * An event is given up.
     *
     * @return where it lies now
     */
    synchronized Path giveUp(Waiting event) {
        var target = failed.resolve(event.name());
        try {
            Files.move(waiting.resolve(event.name()), target, StandardCopyOption.REPLACE_EXISTING);
            events.remove(event.name());
            return target;
        } catch (IOException e) {
            throw new LocalServiceException(
                    "the event " + waiting.resolve(event.name()) + " cannot be put aside: " + e.getMessage(), e);
        }
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

    /** Lets another process have the queue. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new LocalServiceException("the queue's lock cannot be given up", e);
        }
    }
}
