package dev.sledge.agent;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;

/** Deletes images and manifests that no head leads to, neither to be thawed nor still read by a build that thawed what was there before. */
record Sweep(FrozenStore store, InstantSource clock) {
    /** What another build has just stored gets its head soon. */
    private static final Duration YOUNG = Duration.ofHours(3);

    /**
     * Sweeps.
     *
     * @return how many objects were deleted
     */
    int sweep() throws IOException {
        var used = new HashSet<ContentDigest>();
        for (var head : store.heads()) {
            try {
                var read = FrozenHead.read(head);
                used.add(read.manifest());
                read.previous().ifPresent(used::add);
            } catch (IOException e) {
                // Of another version of the format: what it leads to is not known, so nothing is deleted.
                return 0;
            }
        }
        for (var digest : used.stream().toList()) {
            try {
                store.manifest(digest).images().forEach(image -> used.add(image.digest()));
            } catch (IOException e) {
                // It is gone or damaged, and leads to nothing.
            }
        }
        var youngest = clock.instant().minus(YOUNG);
        var deleted = 0;
        for (var object : store.objects()) {
            if (!used.contains(object.digest()) && object.written().isBefore(youngest)) {
                store.delete(object);
                deleted++;
            }
        }
        return deleted;
    }
}
