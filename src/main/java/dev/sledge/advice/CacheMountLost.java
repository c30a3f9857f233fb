package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction.Run;
import dev.sledge.dockerfile.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** DC03: cache mounts on a builder that loses them. */
final class CacheMountLost extends DockerfileRule {
    CacheMountLost() {
        super("DC03", "Cache mounts are empty in each build of a fresh builder, since no layer cache holds them.");
    }

    @Override
    List<Finding> find(Review review) {
        if (review.mounts() == Review.Mounts.KEPT) return List.of();
        var mounted = runs(review).stream()
                .filter(run -> run.mounts().stream().anyMatch(mount -> mount.type() == Mount.Type.CACHE))
                .toList();
        if (mounted.isEmpty()) return List.of();
        var empty = mounted.stream().filter(CacheMountLost::keepsNothing).toList();
        var findings = new ArrayList<Finding>();
        for (var run : empty) findings.add(worthless(review, run, mounted));
        if (empty.isEmpty()) findings.add(lost(review, mounted));
        return findings;
    }

    /** Whether all that a step is for goes into the mount: its layer comes from the cache, and is empty. */
    private static boolean keepsNothing(Run run) {
        var installs = Installs.of(run);
        return Installs.isOnlyDownload(run)
                && !installs.isEmpty()
                && installs.stream()
                        .allMatch(install -> install.kind() == Install.Kind.DOWNLOAD
                                && install.ecosystem().fetchesIntoHome());
    }

    private Finding worthless(Review review, Run run, List<Run> mounted) {
        var install = Installs.of(run).getFirst();
        return finding(
                review,
                Severity.WARNING,
                run.lines(),
                "Line " + run.lines().first()
                        + " fetches into a cache mount, which no layer cache holds: on a new builder the step comes from the cache,"
                        + " and the next one that needs what it fetched downloads it again.",
                mounted.stream()
                        .filter(other -> other.lines().first() >= run.lines().first())
                        .map(other -> Pasted.withoutCacheMounts(Pasted.line(other)))
                        .collect(Collectors.joining("\n")),
                install.ecosystem().seconds() * 0.7);
    }

    private Finding lost(Review review, List<Run> mounted) {
        var message = mounted.size() == 1
                ? "This RUN uses a cache mount; where each build has a new builder it is empty every time."
                : mounted.size()
                        + " RUNs use cache mounts; where each build has a new builder they are empty every time.";
        return finding(
                review,
                Severity.INFO,
                mounted.getFirst().lines(),
                message,
                "Let the order of layers save the time: copy the manifests, install, then copy the sources; or keep the"
                        + " mounts from one build to the next: mounts: keep in sledge.yml.",
                5);
    }
}
