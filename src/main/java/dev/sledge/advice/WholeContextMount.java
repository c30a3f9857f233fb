package dev.sledge.advice;

import dev.sledge.dockerfile.ContextSource;
import dev.sledge.dockerfile.Instruction.Run;
import dev.sledge.dockerfile.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** DC15: the whole context is mounted into a step that needs little of it. */
final class WholeContextMount extends DockerfileRule {
    WholeContextMount() {
        super("DC15", "The whole context is mounted into a step, so a change of any file runs it again.");
    }

    @Override
    public List<Finding> find(Review review) {
        var findings = new ArrayList<Finding>();
        for (var run : runs(review)) {
            run.mounts().stream()
                    .filter(mount -> mount.type() == Mount.Type.BIND && mount.readsContext())
                    .filter(mount -> new ContextSource(mount.source(), false).isWhole())
                    .findFirst()
                    .ifPresent(mount -> findings.add(finding(review, run, mount)));
        }
        return findings;
    }

    private Finding finding(Review review, Run run, Mount mount) {
        var needed = Installs.isOnlyDownload(run) ? manifests(review.context(), run) : List.<String>of();
        if (needed.isEmpty()) {
            return finding(
                    review,
                    Severity.INFO,
                    run.lines(),
                    "The key of this step is the whole context: a change of any file that is sent runs it again.",
                    "Leave out with .dockerignore what the step does not read, or mount the directories that it does.",
                    3);
        }
        var target = mount.target().equals(".") || mount.target().isEmpty() ? "" : mount.target() + "/";
        var mounts = needed.stream()
                .map(path -> "--mount=type=bind,source=" + path + ",target=" + target + path)
                .collect(Collectors.joining(" \\\n    "));
        var rest = run.source()
                .replaceFirst("^\\S+\\s+", "")
                .replaceFirst("--mount=\\S*type=bind\\S*\\s*", "")
                .strip();
        return finding(
                review,
                Severity.WARNING,
                run.lines(),
                "This step only reads " + String.join(", ", needed)
                        + ", but its key is the whole context: a change of any file runs it again.",
                "RUN " + mounts + " \\\n    " + rest,
                30);
    }

    /** What the installs read, if the project is the context itself. */
    private static List<String> manifests(BuildContext context, Run run) {
        var installs = Installs.of(run).stream()
                .filter(install -> install.kind() == Install.Kind.DOWNLOAD
                        && install.directory().isEmpty()
                        && install.command().directory().isEmpty())
                .toList();
        return context.sent().stream()
                .filter(path -> installs.stream()
                        .anyMatch(install -> install.ecosystem().isManifest(install, path)))
                .limit(9)
                .toList();
    }
}
