package dev.sledge.advice;

import dev.sledge.dockerfile.Edge;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** DC07: files are copied from an image whose tag moves. */
final class FloatingCopySource extends DockerfileRule {
    FloatingCopySource() {
        super(
                "DC07",
                "Files are copied from an image by a tag that moves, and a moved tag runs all that follows again.");
    }

    @Override
    List<Finding> find(Review review) {
        var built = new LinkedHashSet<Integer>();
        built(review).forEach(stage -> built.add(stage.index()));
        var findings = new ArrayList<Finding>();
        for (var edge : review.graph().edges()) {
            var tag = FloatingTag.of(edge.from());
            boolean image = edge.toStage() == Edge.IMAGE && built.contains(edge.stage()) && !edge.triggered();
            // A bare name may be a context that is given to the build by name.
            if (!image
                    || !tag.isLatest()
                    || !(edge.from().contains("/") || edge.from().contains(":"))) continue;
            review.graph().stages().get(edge.stage()).written().instructions().stream()
                    .filter(instruction -> instruction.lines().first() == edge.line())
                    .findFirst()
                    .ifPresent(instruction -> findings.add(finding(
                            review,
                            tag.hasVersions() ? Severity.WARNING : Severity.INFO,
                            instruction.lines(),
                            "--from=" + edge.from()
                                    + " is whatever :latest names on the day: a release there runs this step"
                                    + " and those below again, and may break them.",
                            "# docker buildx imagetools inspect " + tag.name()
                                    + ":latest shows the digest; a version's tag is enough where it never moves\n"
                                    + instruction.source().replace(edge.from(), tag.name() + ":VERSION@sha256:DIGEST"),
                            8)));
        }
        return findings;
    }
}
