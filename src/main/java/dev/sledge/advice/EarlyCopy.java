package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.Instruction.Run;
import dev.sledge.dockerfile.Mount;
import java.util.Map;
import java.util.Set;

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

    boolean isSure() {
        return install.ecosystem().isDownloadSure(install, project);
    }

    /** The paths of the context that the install needs. */
    Set<String> needed() {
        return Set.copyOf(manifests.values());
    }
}
