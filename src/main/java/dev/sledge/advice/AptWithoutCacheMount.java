package dev.sledge.advice;

import dev.sledge.dockerfile.Command;
import dev.sledge.dockerfile.Instruction.Run;
import dev.sledge.dockerfile.Mount;
import java.util.List;

/** DC10: apt fetches packages again that the builder could have kept. */
final class AptWithoutCacheMount extends DockerfileRule {
    AptWithoutCacheMount() {
        super("DC10", "Packages are fetched again although this builder keeps cache mounts.");
    }

    @Override
    List<Finding> find(Review review) {
        if (review.mounts() == Review.Mounts.LOST) return List.of();
        return runs(review).stream()
                .filter(run -> run.mounts().stream().noneMatch(mount -> mount.type() == Mount.Type.CACHE))
                .filter(run -> Installs.of(run).stream()
                        .anyMatch(install -> install.command().is("apt-get")
                                || install.command().is("apt")))
                .map(run -> finding(
                        review,
                        Severity.INFO,
                        run.lines(),
                        "apt fetches all packages again whenever line "
                                + run.lines().first() + " runs again.",
                        fix(run),
                        3))
                .toList();
    }

    private static String fix(Run run) {
        var mounts = "--mount=type=cache,target=/var/cache/apt,sharing=locked \\\n"
                + "    --mount=type=cache,target=/var/lib/apt,sharing=locked";
        if (!(run.command() instanceof Command.Shell(var line))
                || !run.written().heredocs().isEmpty()) {
            return "Give the RUN " + mounts.replace(" \\\n   ", "")
                    + " and let it remove /etc/apt/apt.conf.d/docker-clean first.";
        }
        // What empties the lists would empty the mount.
        var rest = line.replaceAll("\\s*&&\\s*rm -rf? /var/lib/apt/lists/?\\*?", "")
                .strip();
        return "RUN " + mounts + " \\\n    rm -f /etc/apt/apt.conf.d/docker-clean && " + Pasted.line(rest);
    }
}
