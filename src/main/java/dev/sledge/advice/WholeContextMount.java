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
    List<Finding> find(Review review) {
        var findings = new ArrayList<Finding>();
        var others = new ArrayList<Run>();
        for (var run : runs(review)) {
            var mount = run.mounts().stream()
                    .filter(candidate -> candidate.type() == Mount.Type.BIND && candidate.readsContext())
                    .filter(candidate -> new ContextSource(candidate.source(), false).isWhole())
                    .findFirst();
            if (mount.isEmpty()) continue;
            var needed = Installs.isOnlyDownload(run) ? manifests(review.context(), run) : List.<String>of();
            if (needed.isEmpty()) others.add(run);
            else findings.add(finding(review, run, mount.get(), needed));
        }
        if (!others.isEmpty()) findings.add(finding(review, others));
        return findings;
    }

    private Finding finding(Review review, List<Run> runs) {
        var lines =
                runs.stream().map(run -> String.valueOf(run.lines().first())).collect(Collectors.joining(", "));
        return finding(
                review,
                Severity.INFO,
                runs.getFirst().lines(),
                "The whole context is in the key of " + (runs.size() == 1 ? "line " : "lines ") + lines
                        + ": a change of any file that is sent runs " + (runs.size() == 1 ? "it" : "them") + " again.",
                "Leave out with .dockerignore what the steps do not read, or mount the directories that they do.",
                3);
    }

    private Finding finding(Review review, Run run, Mount mount, List<String> needed) {
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
