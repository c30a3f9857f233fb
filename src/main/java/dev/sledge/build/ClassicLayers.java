package dev.sledge.build;

import dev.sledge.plan.PlannedStage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The layers that the classic builder's log tells of, each once, and which of a plan's steps they are. */
final class ClassicLayers {
    private record Layer(String instruction, StepOutcome outcome) {}

    /** By the index of their stage, in order. */
    private final Map<Integer, List<Layer>> layers = new HashMap<>();

    /**
     * Adds a layer, unless an earlier run of the builder told of it.
     *
     * @param number its place among the stage's layers, from 1
     */
    void add(int stage, int number, String instruction, StepOutcome outcome) {
        var ofStage = layers.computeIfAbsent(stage, index -> new ArrayList<>());
        if (ofStage.size() < number) {
            ofStage.add(new Layer(words(instruction), outcome));
        }
    }

    /**
     * Finds the step by its text, in order: the plan has steps that the log has not, such as those of {@code ONBUILD}, and the log has such
     * as {@code WORKDIR /}, which is none to BuildKit.
     */
    StepOutcome outcome(PlannedStage of, PlannedStage.Step wanted) {
        var open = new ArrayList<>(layers.getOrDefault(of.index(), List.of()));
        for (var planned : of.steps()) {
            var at = open.stream().map(Layer::instruction).toList().indexOf(words(planned.instruction()));
            if (planned.equals(wanted)) {
                return at < 0 ? new StepOutcome.NotReached() : open.get(at).outcome();
            }
            open.subList(0, at + 1).clear();
        }
        return new StepOutcome.NotReached();
    }

    private static String words(String instruction) {
        return instruction.strip().replaceAll("\\s+", " ");
    }
}
