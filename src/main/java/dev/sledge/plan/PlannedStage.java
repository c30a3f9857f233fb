package dev.sledge.plan;

import java.util.List;

/**
 * One stage of the Dockerfile that this build runs.
 *
 * @param index its place in the Dockerfile, from 0
 * @param name as BuildKit calls it in its log: its own name, or {@code stage-<index>}
 * @param steps what can be a cache hit or a miss, in order; FROM is not one of them
 */
public record PlannedStage(int index, String name, List<Step> steps) {
    public PlannedStage {
        steps = List.copyOf(steps);
    }

    /**
     * One instruction that makes a layer.
     *
     * @param number its place among the stage's steps as BuildKit counts them, from 1; the FROM of an image from outside is one of them
     * @param label how BuildKit's log marks it, {@code [build 3/6]}
     * @param line where it starts in the Dockerfile, from 1
     * @param lastLine where it ends
     * @param instruction its logical line, continuations joined, such as {@code RUN mvn -o package}
     */
    public record Step(int number, String label, int line, int lastLine, String instruction) {}
}
