package dev.sledge.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Many images become one again: what was added since the first one weighs too much, or comes in too many pieces. It takes reading everything that
 * is still used, so it is done at most once in {@value #FEWEST} builds.
 */
final class Compaction {
    /** Images that were added. */
    private static final int MOST = 8;

    static final int FEWEST = 4;

    /** How much what was added may weigh, to the first image. */
    private static final double SHARE = 0.4;

    private static final int PIECE = 4 << 20;

    private Compaction() {}

    /** Whether the next freeze writes one image instead of one more. */
    static boolean isDue(FrozenManifest manifest) {
        var added = manifest.images().size() - 1;
        var first = manifest.images().getFirst().size();
        return added >= MOST || (added >= FEWEST && manifest.size() - first > first * SHARE);
    }

    /**
     * How long something must not have been used to be given up: not by the builds that are remembered.
     *
     * @return empty if there were too few
     */
    static Optional<Duration> unused(FrozenManifest manifest, Instant now) {
        return manifest.builds().size() < FrozenManifest.BUILDS
                ? Optional.empty()
                : Optional.of(Duration.between(manifest.builds().getLast(), now));
    }

    /**
     * Fetches all that the state consists of, from many places at once: whoever reads one of its files after another waits for each block.
     *
     * @param file its images, one behind the other
     */
    static void fetch(Path file) throws IOException, InterruptedException {
        try (var images = FileChannel.open(file, StandardOpenOption.READ)) {
            var pieces = (int) ((images.size() + PIECE - 1) / PIECE);
            Together.all(IntStream.range(0, pieces).boxed().toList(), piece -> {
                var read = ByteBuffer.allocate(PIECE);
                var count = 0;
                while (count >= 0 && read.hasRemaining()) {
                    count = images.read(read, (long) piece * PIECE + read.position());
                }
            });
        }
    }

    /** Puts what is linked where the links are, so that an image of the state has all of it. The engine is stopped. */
    static void resolve(EngineState state, Path work) throws IOException, InterruptedException {
        var mounts = new ArrayList<String>();
        for (var unit : state.units()) {
            var path = state.at(unit);
            if (!Files.isSymbolicLink(path)) {
                continue;
            }
            var target = Files.readSymbolicLink(path);
            Files.delete(path);
            if (Files.isDirectory(target)) {
                Files.createDirectory(path);
            } else {
                Files.createFile(path);
            }
            mounts.add(target + " " + path + " none bind 0 0");
        }
        if (!mounts.isEmpty()) {
            Program.run(
                    "mount",
                    "--all",
                    "--fstab",
                    Files.write(work.resolve("frozen.fstab"), mounts).toString());
        }
    }
}
