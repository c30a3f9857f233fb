package dev.sledge.local;

import dev.sledge.aws.EventJson;
import dev.sledge.event.RepositoryEvent;
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
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Events as files, one process at a time: {@code waiting/}, {@code done/} as long as it is remembered, and {@code failed/}. A file is
 * whole or not there, also when the power fails.
 */
final class EventDirectory implements AutoCloseable {
    private static final String DRAFT = ".new";

    private final Path waiting;
    private final Path done;
    private final Path failed;
    private final FileChannel lock;

    private EventDirectory(Path directory, FileChannel lock) throws IOException {
        this.waiting = Files.createDirectories(directory.resolve("waiting"));
        this.done = Files.createDirectories(directory.resolve("done"));
        this.failed = Files.createDirectories(directory.resolve("failed"));
        this.lock = lock;
    }

    /** @throws LocalServiceException if another process has it */
    static EventDirectory open(Path directory) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new EventDirectory(directory, lock(directory));
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

    /**
     * What waits, by the names of the files.
     *
     * @param faults hears of files that hold no event; they are put aside
     */
    NavigableMap<String, RepositoryEvent> waiting(Consumer<String> faults) throws IOException {
        var events = new TreeMap<String, RepositoryEvent>();
        try (var files = Files.list(waiting)) {
            for (var file : files.sorted().toList()) {
                var name = String.valueOf(file.getFileName());
                if (name.endsWith(DRAFT)) {
                    // Never answered for: whoever sent it heard nothing good.
                    Files.delete(file);
                    continue;
                }
                try {
                    EventFiles.requireName(name);
                    events.put(name, EventJson.read(Files.readString(file)));
                } catch (IllegalArgumentException e) {
                    faults.accept("put aside " + putAside(name) + ": " + e.getMessage());
                }
            }
        }
        return events;
    }

    /** An event is safe when this returns. */
    void write(String name, RepositoryEvent event) throws IOException {
        var draft = waiting.resolve(name + DRAFT);
        try (var file = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(EventJson.write(event).getBytes(StandardCharsets.UTF_8));
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

    /** An event that waits is done and remembered as {@code mark}. */
    void done(String name, String mark, Instant now) throws IOException {
        var file = Files.move(waiting.resolve(name), done.resolve(mark), StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(file, FileTime.from(now));
    }

    boolean isDone(String mark) {
        return Files.exists(done.resolve(mark));
    }

    /** Forgets what was done before a moment. */
    void forget(Instant before) throws IOException {
        try (var files = Files.list(done)) {
            for (var file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.delete(file);
                }
            }
        }
    }

    /**
     * A file that waits is put where nobody takes it up.
     *
     * @return where that is
     */
    Path putAside(String name) throws IOException {
        return Files.move(waiting.resolve(name), failed.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
