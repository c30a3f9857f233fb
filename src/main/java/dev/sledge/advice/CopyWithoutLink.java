package dev.sledge.advice;

import dev.sledge.dockerfile.BaseImage;
import dev.sledge.dockerfile.Builder;
import dev.sledge.dockerfile.Instruction.Copy;
import java.util.ArrayList;
import java.util.List;

/** DC18: a copied layer is lost with a base image that moves. */
final class CopyWithoutLink extends DockerfileRule {
    CopyWithoutLink() {
        super("DC18", "A copy on top of a base image that moves is made anew with it; with --link it would stay.");
    }

    @Override
    List<Finding> find(Review review) {
        if (review.builder() == Builder.CLASSIC) return List.of();
        var findings = new ArrayList<Finding>();
        for (var stage : built(review)) {
            boolean moves = stage.base() instanceof BaseImage.Named(var reference)
                    && FloatingTag.of(reference).isMoving();
            if (!moves) continue;
            stage.written().instructions().stream()
                    .filter(Copy.class::isInstance)
                    .map(Copy.class::cast)
                    .filter(copy -> !copy.from().isEmpty() && !copy.files().link())
                    .findFirst()
                    .ifPresent(copy -> findings.add(finding(
                            review,
                            Severity.INFO,
                            copy.lines(),
                            "When " + stage.reference()
                                    + " moves, this layer is made and pushed again, though its files are the"
                                    + " same.",
                            Pasted.line(copy).replaceFirst("(?i)^COPY", "COPY --link"),
                            1)));
        }
        return findings;
    }
}
