package dev.sledge.advice;

import dev.sledge.dockerfile.BuildStage;
import dev.sledge.dockerfile.Instruction.Run;
import dev.sledge.dockerfile.Lines;
import java.util.List;

/** A rule over a Dockerfile and its context: what those rules have in common. */
abstract class DockerfileRule implements Rule {
    private final String id;
    private final String sentence;

    DockerfileRule(String id, String sentence) {
        this.id = id;
        this.sentence = sentence;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final String sentence() {
        return sentence;
    }

    /** All places where it is found, in the order of the file. */
    abstract List<Finding> find(Review review);

    Finding finding(Review review, Severity severity, Lines lines, String message, String fix, double cost) {
        return new Finding(id, severity, review.dockerfile().file(), lines, message, fix, cost);
    }

    /** The stages that are built, in the order of the file. */
    static List<BuildStage> built(Review review) {
        return review.graph().reachable(review.graph().targetIndex());
    }

    /** The {@code RUN}s of the built stages that stand in the file themselves. */
    static List<Run> runs(Review review) {
        return built(review).stream()
                .flatMap(stage -> stage.written().instructions().stream())
                .filter(Run.class::isInstance)
                .map(Run.class::cast)
                .toList();
    }
}
