package dev.sledge.build;

import java.net.URI;
import java.util.Optional;

/**
 * What a forge shows beside a commit.
 *
 * @param context tells apart the statuses of one commit: one an image, {@code sledge/web}
 * @param description one sentence, of any length; a forge's adapter cuts it to what that forge takes
 * @param target where there is more to read, {@code http} or {@code https}; a forge that must have one is given the repository's own page
 */
public record CommitStatus(State state, String context, String description, Optional<URI> target) {
    public CommitStatus {
        if (context.isBlank()) {
            throw new IllegalArgumentException("a status needs a context, or it replaces that of another tool");
        }
        if (!target.map(CommitStatus::isWeb).orElse(true)) {
            throw new IllegalArgumentException("a status leads to an http or https address");
        }
    }

    private static boolean isWeb(URI address) {
        return address.getScheme() != null && address.getScheme().matches("https?");
    }

    /** How far a build is. */
    public enum State {
        QUEUED,
        RUNNING,
        PASSED,
        /** The user's input is wrong: an instruction failed, a file is missing. */
        FAILED,
        /** A service failed, or a limit was met; the same commit may pass next time. */
        ERROR,
        /** Stopped, by a person or by a newer commit. */
        CANCELLED
    }
}
