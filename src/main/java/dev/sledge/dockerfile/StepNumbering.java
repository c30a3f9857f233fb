package dev.sledge.dockerfile;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers the steps of a stage as BuildKit names its vertices.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go">prefixCommand,
 *     buildDispatchStates</a>
 */
final class StepNumbering {
    private StepNumbering() {}

    static List<Step> of(StageGraph graph, BuildStage stage) {
        boolean pullsBase = stage.base() instanceof BaseImage.Named;
        int total = (pullsBase ? 1 : 0)
                + (int) stage.written().instructions().stream()
                        .filter(Instruction::isStep)
                        .count()
                // BuildKit adds all triggers, also those that make no step.
                + stage.triggers().size();
        var name = namesStages(graph) ? stage.written().label() : "";
        var steps = new ArrayList<Step>();
        if (pullsBase) {
            steps.add(new Step(
                    name, 1, total, stage.written().from(), stage.written().lines(), false));
        }
        for (var trigger : stage.triggers()) {
            if (makesStep(trigger)) {
                steps.add(new Step(
                        name, steps.size() + 1, total, trigger, stage.written().lines(), true));
            }
        }
        for (var instruction : stage.written().instructions()) {
            if (makesStep(instruction)) {
                steps.add(new Step(name, steps.size() + 1, total, instruction, instruction.lines(), false));
            }
        }
        return List.copyOf(steps);
    }

    /**
     * The log leaves the name out if there is one stage only; images that are copied or mounted from count as stages
     * there, and so does the empty image behind every mount without {@code from}.
     */
    private static boolean namesStages(StageGraph graph) {
        return graph.stages().size() > 1
                || graph.stages().stream()
                        .flatMap(stage -> stage.written().instructions().stream())
                        .anyMatch(StepNumbering::addsState);
    }

    private static boolean addsState(Instruction instruction) {
        boolean mounts =
                instruction instanceof Instruction.Run run && !run.mounts().isEmpty();
        boolean copies =
                instruction instanceof Instruction.Copy copy && !copy.from().isEmpty();
        return mounts || copies;
    }

    /** {@code WORKDIR /} is counted in the total, but creates nothing and so has no vertex. */
    private static boolean makesStep(Instruction instruction) {
        return instruction.isStep()
                && !(instruction instanceof Instruction.Workdir(var written, var path) && path.equals("/"));
    }
}
