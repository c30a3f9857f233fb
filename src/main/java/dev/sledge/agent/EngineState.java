package dev.sledge.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory in which an engine has its state, {@code /var/lib/docker}, with containerd's store: layers unpacked, one directory each, and blobs.
 * Both never change once they are there, and most of the bytes are theirs.
 *
 * @see <a href="https://github.com/containerd/containerd/blob/main/docs/content-flow.md">content and snapshots</a>
 */
record EngineState(Path root) {
    /** Kind of snapshots that the engine has. */
    static final String SNAPSHOTTER = "overlayfs";

    /** By its number, {@code fs} with what a layer adds, and {@code work}. */
    static final String SNAPSHOTS = "containerd/daemon/io.containerd.snapshotter.v1." + SNAPSHOTTER + "/snapshots";

    /** By its digest. */
    static final String BLOBS = "containerd/daemon/io.containerd.content.v1.content/blobs/sha256";

    /** What is Sledge's own in this directory; the engine leaves it alone. */
    private static final String OWN = "sledge";

    /** What is linked as a whole, by its path in the state: each layer and each blob. */
    List<String> units() throws IOException {
        return Stream.concat(names(SNAPSHOTS).stream(), names(BLOBS).stream()).toList();
    }

    private List<String> names(String directory) throws IOException {
        var path = root.resolve(directory);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var entries = Files.list(path)) {
            return entries.map(entry -> directory + "/" + entry.getFileName())
                    .sorted()
                    .toList();
        }
    }

    /** Of a path in the state. */
    Path at(String path) {
        return root.resolve(path);
    }

    /** What is no part of the state. */
    List<String> foreign() {
        return List.of(OWN, "lost+found", "tmp");
    }

    /** Where the disk of the images lies that this state came from. */
    Path disk() {
        return root.resolve(OWN).resolve("disk");
    }

    /** Where the images are unpacked where nothing can be mounted. */
    Path unpacked() {
        return root.resolve(OWN).resolve("images");
    }

    /** What changes in a part that older images have: {@code upper} and {@code work}. */
    Path changes(String part) {
        return root.resolve(OWN).resolve("parts").resolve(part.replace('/', '_'));
    }
}
