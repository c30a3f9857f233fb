package dev.sledge.local;

import dev.sledge.image.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The state of an engine that is kept for the next build of a repository, as CodeBuild's local layer cache keeps it: one build at a time has
 * it, and who comes meanwhile has none.
 *
 * @param volume the engine's
 */
record KeptEngine(String volume, FileChannel lock) implements AutoCloseable {
    /** Takes it for one build; empty while another one has it. */
    static Optional<KeptEngine> take(CacheDirectory cache, String repository) {
        var volume = "sledge-host-" + Digest.of(repository).hex().substring(0, 16);
        try {
            var file = FileChannel.open(
                    cache.directory("builds").resolve(volume + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (isLocked(file)) {
                return Optional.of(new KeptEngine(volume, file));
            }
            file.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // By another build of this process.
            return false;
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
