package dev.sledge.dockerfile;

import java.util.List;

/**
 * A Dockerfile that BuildKit's parser accepts.
 *
 * @param file its path as the user knows it
 * @param globalArgs the {@code ARG}s before the first {@code FROM}, the only variables that {@code FROM} sees
 * @param stages at least one, in the order of the file
 * @param comments all of them, in the order of the file
 */
public record Dockerfile(
        String file,
        Directives directives,
        List<Instruction.Arg> globalArgs,
        List<Stage> stages,
        List<Comment> comments) {
    public Dockerfile {
        comments = List.copyOf(comments);
        globalArgs = List.copyOf(globalArgs);
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException(file + " has no stage");
        }
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i).index() != i) {
                throw new IllegalArgumentException("stage " + stages.get(i).index() + " stands at place " + i);
            }
        }
    }
}
