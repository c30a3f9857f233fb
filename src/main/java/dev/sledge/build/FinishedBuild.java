package dev.sledge.build;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A build that has ended, as its service tells it.
 *
 * @param arn as the build knows itself, {@code CODEBUILD_BUILD_ARN}
 * @param phases those that ran, in order
 */
public record FinishedBuild(
        StartedBuild build, String arn, Instant started, Duration took, Status status, List<Phase> phases) {
    public FinishedBuild {
        phases = List.copyOf(phases);
    }

    /** How a build ended, in CodeBuild's words. */
    public enum Status {
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        STOPPED,
        FAULT
    }

    /**
     * One phase of a build.
     *
     * @param name as CodeBuild names it, {@code PRE_BUILD}
     * @param message why it failed; empty when it did not
     */
    public record Phase(String name, Duration took, boolean succeeded, String message) {}
}
