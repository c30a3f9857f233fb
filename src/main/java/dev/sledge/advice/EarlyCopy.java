package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.Instruction.Run;
import dev.sledge.dockerfile.Mount;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A copy of sources that stands before an install that does not need them.
 *
 * @param copy the {@code COPY} or {@code ADD}
 * @param brought what it takes from the context
 * @param run holds the install
 * @param manifests what the install needs: paths in the context by paths in the image
 * @param workdir the working directory of {@code run}
 */
record EarlyCopy(
        BuildContext context,
        Instruction copy,
        ImageState.Brought brought,
        Run run,
        Install install,
        Ecosystem.Project project,
        Map<String, String> manifests,
        String workdir) {
    /** Directories that hold a project's own sources, and nothing that a package manager looks for. */
    private static final Pattern SOURCES =
            Pattern.compile("(^|/)(src|app|cmd|internal|public|static|templates|tests?|views|assets)/");

    /** Whether a change of this path of the context runs the install again. */
    boolean wouldRunAgain(String path) {
        return brought.files().containsValue(path) || (brought.whole() && context.wouldSend(path));
    }

    /** Whether the install reads this path of the context, so that it is right to run again. */
    boolean isNeeded(String path) {
        return manifests.containsValue(path);
    }

    boolean hasCacheMount() {
        return run.mounts().stream().anyMatch(mount -> mount.type() == Mount.Type.CACHE);
    }

    /**
     * Whether the install can do without what is copied: the manifests come with it, or it only holds what cannot be
     * part of an install by its name.
     */
    boolean isSure() {
        boolean together =
                manifests.isEmpty() || brought.files().values().stream().anyMatch(this::isNeeded);
        boolean scripts = install.ecosystem() instanceof NodePackages;
        boolean sources = brought.files().values().stream()
                .allMatch(path -> SOURCES.matcher(path).find());
        return (together || (sources && !scripts)) && install.ecosystem().isDownloadSure(install, project);
    }

    /** The paths of the context that the install needs. */
    Set<String> needed() {
        return Set.copyOf(manifests.values());
    }
}
