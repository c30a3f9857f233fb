package dev.sledge.advice;

import dev.sledge.dockerfile.Builder;
import dev.sledge.dockerfile.Instruction.Label;
import dev.sledge.dockerfile.Instruction.Run;
import java.util.ArrayList;
import java.util.List;

/** DC16: the classic builder makes a step of each label. */
final class VariableLabelEarly extends DockerfileRule {
    VariableLabelEarly() {
        super(
                "DC16",
                "A label with a variable stands above other steps, and the classic builder makes all of them anew.");
    }

    @Override
    List<Finding> find(Review review) {
        if (review.builder() == Builder.BUILDKIT) return List.of();
        var findings = new ArrayList<Finding>();
        for (var stage : built(review)) {
            var instructions = stage.written().instructions();
            for (int i = 0; i < instructions.size(); i++) {
                if (!(instructions.get(i) instanceof Label label)) continue;
                boolean variable = label.assignments().stream()
                        .anyMatch(pair -> pair.value().contains("$"));
                long runs = instructions.subList(i + 1, instructions.size()).stream()
                        .filter(Run.class::isInstance)
                        .count();
                if (!variable || runs == 0) continue;
                findings.add(finding(
                        review,
                        Severity.WARNING,
                        label.lines(),
                        "To the classic builder a label is a step: with another value, " + Pasted.count(runs, "RUN")
                                + " below " + (runs == 1 ? "runs" : "run") + " again.",
                        "# at the end of the stage:\n" + label.source(),
                        20.0 * runs));
            }
        }
        return findings;
    }
}
