package dev.sledge.advice;

import dev.sledge.dockerfile.Mount;
import java.util.List;

/** DC03: cache mounts on a builder that loses them. */
final class CacheMountLost extends DockerfileRule {
    CacheMountLost() {
        super("DC03", "Cache mounts are empty in each build of a fresh builder, since no layer cache holds them.");
    }

    @Override
    public List<Finding> find(Review review) {
        if (review.mounts() == Review.Mounts.KEPT) return List.of();
        var mounted = runs(review).stream()
                .filter(run -> run.mounts().stream().anyMatch(mount -> mount.type() == Mount.Type.CACHE))
                .toList();
        if (mounted.isEmpty()) return List.of();
        var message = mounted.size() == 1
                ? "This RUN uses a cache mount; where each build has a new builder it is empty every time."
                : mounted.size()
                        + " RUNs use cache mounts; where each build has a new builder they are empty every time.";
        return List.of(finding(
                review,
                Severity.INFO,
                mounted.getFirst().lines(),
                message,
                "Let the order of layers save the time: copy the manifests, install, then copy the sources; or keep the"
                        + " builder's state from one build to the next.",
                5));
    }
}
