package dev.sledge.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A network block device as a file, {@code nbdfuse}, as long as this process lives. */
final class Fuse {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Fuse() {}

    /**
     * Shows a device.
     *
     * @param socket where it is served
     * @param directory an empty one
     * @return the file
     * @throws IOException if that cannot be done here
     */
    static Path show(Path socket, Path directory) throws IOException, InterruptedException {
        var file = directory.resolve("disk");
        var ready = directory.resolveSibling("nbdfuse.pid");
        Files.deleteIfExists(ready);
        var log = directory.resolveSibling("nbdfuse.log");
        var process = new ProcessBuilder(
                        "nbdfuse",
                        "--readonly",
                        "--pidfile",
                        ready.toString(),
                        file.toString(),
                        "nbd+unix:///?socket=" + socket)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        for (var end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
            if (Files.exists(ready)) {
                return file;
            }
            if (process.waitFor(5, TimeUnit.MILLISECONDS)) {
                throw new IOException("nbdfuse: " + Files.readString(log).strip());
            }
        }
        process.destroyForcibly();
        throw new IOException("nbdfuse does not show the disk");
    }
}
