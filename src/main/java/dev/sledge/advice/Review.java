package dev.sledge.advice;

import dev.sledge.dockerfile.Builder;
import dev.sledge.dockerfile.Dockerfile;
import dev.sledge.dockerfile.StageGraph;

/**
 * All that advice is given on.
 *
 * @param graph of {@code dockerfile}, for the stage that is built
 * @param builder what builds it
 * @param mounts whether what is in {@code RUN --mount=type=cache} survives from one build to the next
 */
public record Review(
        Dockerfile dockerfile,
        StageGraph graph,
        BuildContext context,
        History history,
        Builder builder,
        Mounts mounts) {
    /** What becomes of cache mounts after a build. */
    public enum Mounts {
        /** The builder lives on, or they are carried over. */
        KEPT,
        /** Each build starts with a new builder, as on most CI services: they are empty. */
        LOST
    }
}
