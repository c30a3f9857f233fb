package dev.sledge.local;

import dev.sledge.build.ResultsUnavailableException;
import dev.sledge.build.SharedFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * Shared files in a directory, one lock for all of them, which the system gives up with the process that has it. The local S3 server does
 * not do for this: of two conditional writes at once it takes both.
 */
final class LockedFiles implements SharedFiles {
    /** Of this process: the system's lock is one between processes. */
    private static final Object LOCK = new Object();

    private final Path directory;

    LockedFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public Seen read(String key) {
        try {
            var content = Files.readString(file(key));
            return present(key, content);
        } catch (NoSuchFileException e) {
            return new Seen.Absent(key);
        } catch (IOException e) {
            throw failed("read", key, e);
        }
    }

    /** A file is told by its content, as S3's entity tags do: whoever saw one of two that are equal saw the other. */
    private static Seen.Present present(String key, String content) {
        return new Seen.Present(key, content, content);
    }

    @Override
    public Write write(Seen seen, String content) {
        return alone(seen.key(), () -> {
            var now = read(seen.key());
            if (now.equals(seen)) {
                replace(seen.key(), content);
                return new Write.Written(present(seen.key(), content));
            }
            return now instanceof Seen.Present present && present.content().equals(content)
                    ? new Write.Written(present)
                    : new Write.Overtaken();
        });
    }

    private <T> T alone(String key, Supplier<T> action) {
        synchronized (LOCK) {
            try (var lock = FileChannel.open(
                    Files.createDirectories(directory).resolve("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE)) {
                // Given up when the file is closed.
                lock.lock();
                return action.get();
            } catch (IOException e) {
                throw failed("write", key, e);
            }
        }
    }

    private void replace(String key, String content) {
        try {
            var file = file(key);
            Files.createDirectories(file.getParent());
            var beside = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(beside, content, StandardCharsets.UTF_8);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed("write", key, e);
        }
    }

    private Path file(String key) {
        var file = directory.resolve(key).normalize();
        if (!file.startsWith(directory)) {
            throw new IllegalArgumentException(key + " leads out of " + directory);
        }
        return file;
    }

    private ResultsUnavailableException failed(String what, String key, IOException e) {
        return new ResultsUnavailableException("cannot " + what + " " + directory.resolve(key) + ": " + e, e);
    }
}
