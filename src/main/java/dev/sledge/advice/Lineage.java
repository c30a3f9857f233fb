package dev.sledge.advice;

import dev.sledge.dockerfile.BaseImage;
import dev.sledge.dockerfile.BuildStage;
import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.StageGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The instructions that make up a stage: those of the stages of the file that it builds on, then its own. */
final class Lineage {
    private Lineage() {}

    /** An instruction and the stage in which it stands. */
    record Placed(BuildStage stage, Instruction instruction) {}

    static List<Placed> of(StageGraph graph, BuildStage stage) {
        var stages = new ArrayDeque<BuildStage>();
        stages.push(stage);
        while (stages.getFirst().base() instanceof BaseImage.EarlierStage(int index)) {
            stages.push(graph.stages().get(index));
        }
        var all = new ArrayList<Placed>();
        for (var ancestor : stages) {
            ancestor.instructions().forEach(instruction -> all.add(new Placed(ancestor, instruction)));
        }
        return all;
    }
}
