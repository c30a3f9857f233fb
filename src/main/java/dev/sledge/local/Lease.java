package dev.sledge.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A share in something that several runs use at once and that the last of them stops. A run that is killed gives its share up with it.
 *
 * <p>Shares are locks on a file. The operating system counts them by process, so those of one process are counted here.
 */
final class Lease {
    private static final Map<Path, Lease> OURS = new HashMap<>();

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;
    private int holders;

    private Lease(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes a share; waits while the last holder stops what it is a share in.
     *
     * @throws LocalServiceException if {@code file} cannot be made or locked
     */
    static Lease take(Path file) {
        synchronized (OURS) {
            var lease = OURS.computeIfAbsent(file.toAbsolutePath().normalize(), Lease::open);
            lease.holders++;
            return lease;
        }
    }

    private static Lease open(Path file) {
        try {
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            return new Lease(file, channel, channel.lock(0, Long.MAX_VALUE, true));
        } catch (IOException e) {
            throw new LocalServiceException(file + " cannot be locked: " + e.getMessage(), e);
        }
    }

    /** Gives one share up. If it was the last one of all runs, {@code stop} runs before anybody can take another. */
    void release(Runnable stop) {
        synchronized (OURS) {
            holders--;
            if (holders > 0) {
                return;
            }
            OURS.remove(file);
            try (channel) {
                lock.release();
                var alone = channel.tryLock();
                if (alone != null) {
                    stop.run();
                }
            } catch (IOException e) {
                throw new LocalServiceException(file + " cannot be unlocked: " + e.getMessage(), e);
            }
        }
    }
}
