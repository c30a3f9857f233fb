package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.Instruction.Copy;
import java.util.List;
import java.util.Optional;

/** DC19: machines that check out with other modes share no cache. */
final class ModeBits extends DockerfileRule {
    ModeBits() {
        super(
                "DC19",
                "A CI service that checks out with another umask gives files other modes, and so shares no cache.");
    }

    @Override
    List<Finding> find(Review review) {
        if (!review.context().isRepository() || !review.context().has(".gitlab-ci.yml")) return List.of();
        for (var stage : built(review)) {
            var copy = stage.written().instructions().stream()
                    .map(ModeBits::copyWithModes)
                    .flatMap(Optional::stream)
                    .findFirst();
            if (copy.isPresent()) return List.of(finding(review, copy.get()));
        }
        return List.of();
    }

    private static Optional<Instruction> copyWithModes(Instruction instruction) {
        return instruction instanceof Copy copy
                        && copy.from().isEmpty()
                        && copy.files().chmod().isEmpty()
                        && !copy.files().sources().isEmpty()
                ? Optional.of(copy)
                : Optional.empty();
    }

    private Finding finding(Review review, Instruction copy) {
        return finding(
                review,
                Severity.INFO,
                copy.lines(),
                "GitLab's runners check out with umask 0000, so files have modes 666 and 777 there and 644 and 755 elsewhere; a"
                        + " copy's key holds the mode, and neither finds the other's cache.",
                "# in .gitlab-ci.yml, before docker build:\n" + "chmod -R go-w .",
                2);
    }
}
