package dev.sledge.advice;

import dev.sledge.dockerfile.BuildStage;
import dev.sledge.dockerfile.Builder;
import dev.sledge.dockerfile.Dockerfile;
import dev.sledge.dockerfile.StageGraph;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that advice is given on.
 *
 * @param graph of {@code dockerfile}, for the stage that is built
 * @param needed indexes of the stages that any image of the same file needs; at least those of {@code graph}'s target
 * @param builder what builds it
 * @param mounts whether what is in {@code RUN --mount=type=cache} survives from one build to the next
 */
public record Review(
        Dockerfile dockerfile,
        StageGraph graph,
        Set<Integer> needed,
        BuildContext context,
        History history,
        Builder builder,
        Mounts mounts) {
    public Review {
        needed = Set.copyOf(needed);
    }

    /** The stages that building the target of {@code graph} takes, by their indexes. */
    public static Set<Integer> needed(StageGraph graph) {
        return graph.reachable(graph.targetIndex()).stream()
                .map(BuildStage::index)
                .collect(Collectors.toSet());
    }

    /** What becomes of cache mounts after a build. */
    public enum Mounts {
        /** The builder lives on, or they are carried over. */
        KEPT,
        /** Each build starts with a new builder, as on most CI services: they are empty. */
        LOST
    }
}
