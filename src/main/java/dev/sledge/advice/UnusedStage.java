package dev.sledge.advice;

import dev.sledge.dockerfile.BuildStage;
import dev.sledge.dockerfile.Builder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** DC08: a stage that no image needs. */
final class UnusedStage extends DockerfileRule {
    UnusedStage() {
        super("DC08", "A stage is not needed for any image that is built.");
    }

    @Override
    List<Finding> find(Review review) {
        var unused = review.graph().stages().stream()
                .filter(stage -> !review.needed().contains(stage.index()))
                .collect(Collectors.partitioningBy(stage -> isBuiltAnyway(review, stage)));
        var findings = new ArrayList<Finding>();
        for (var stage : unused.getOrDefault(true, List.of())) findings.add(builtAnyway(review, stage));
        var idle = unused.getOrDefault(false, List.of());
        if (!idle.isEmpty()) findings.add(idle(review, idle));
        return findings;
    }

    private static boolean isBuiltAnyway(Review review, BuildStage stage) {
        return review.builder() == Builder.CLASSIC
                && stage.index() < review.graph().targetIndex();
    }

    private Finding builtAnyway(Review review, BuildStage stage) {
        var target = review.graph().target().written().label();
        return finding(
                review,
                Severity.WARNING,
                stage.written().lines(),
                "The stage " + stage.written().label() + " is not needed for " + target
                        + ", and the classic builder builds it every time.",
                "Move it below the stage " + target + ", or remove it.",
                40);
    }

    private Finding idle(Review review, List<BuildStage> stages) {
        var names = stages.stream().map(stage -> stage.written().label()).collect(Collectors.joining(", "));
        return finding(
                review,
                Severity.INFO,
                stages.getFirst().written().lines(),
                (stages.size() == 1 ? "The stage " + names + " is" : "The stages " + names + " are")
                        + " not needed for " + review.graph().target().written().label()
                        + " and only built where someone names one as the target.",
                "Remove what nobody names.",
                0);
    }
}
