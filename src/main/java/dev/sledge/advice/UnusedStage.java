package dev.sledge.advice;

import dev.sledge.dockerfile.BuildStage;
import dev.sledge.dockerfile.Builder;
import java.util.HashSet;
import java.util.List;

/** DC08: a stage that the target does not need. */
final class UnusedStage extends DockerfileRule {
    UnusedStage() {
        super("DC08", "A stage is not needed for the image that is built.");
    }

    @Override
    public List<Finding> find(Review review) {
        var needed = new HashSet<Integer>();
        built(review).forEach(stage -> needed.add(stage.index()));
        return review.graph().stages().stream()
                .filter(stage -> !needed.contains(stage.index()))
                .map(stage -> finding(review, stage))
                .toList();
    }

    private Finding finding(Review review, BuildStage stage) {
        var target = review.graph().target().written().label();
        boolean builtAnyway = review.builder() == Builder.CLASSIC
                && stage.index() < review.graph().targetIndex();
        return builtAnyway
                ? finding(
                        review,
                        Severity.WARNING,
                        stage.written().lines(),
                        "The stage " + stage.written().label() + " is not needed for " + target
                                + ", and the classic builder builds it every time.",
                        "Move it below the stage " + target + ", or remove it.",
                        40)
                : finding(
                        review,
                        Severity.INFO,
                        stage.written().lines(),
                        "The stage " + stage.written().label() + " is not needed for " + target
                                + "; it is only built where someone names it as the target.",
                        "Remove it if nobody does.",
                        0);
    }
}
