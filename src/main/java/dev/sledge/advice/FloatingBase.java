package dev.sledge.advice;

import dev.sledge.dockerfile.BaseImage;
import dev.sledge.dockerfile.Instruction.From;
import dev.sledge.dockerfile.Instruction.Run;
import java.util.ArrayList;
import java.util.List;

/** DC06: a base image whose tag moves. */
final class FloatingBase extends DockerfileRule {
    FloatingBase() {
        super("DC06", "A base image is named by a tag that moves, and a moved tag drops every layer on top of it.");
    }

    @Override
    List<Finding> find(Review review) {
        var findings = new ArrayList<Finding>();
        for (var stage : built(review)) {
            if (!(stage.base() instanceof BaseImage.Named(var reference))) continue;
            var tag = FloatingTag.of(reference);
            if (!tag.isMoving()) continue;
            // With a variable in it, another value may be given on the command line.
            boolean sure = tag.isLatest()
                    && tag.hasVersions()
                    && !stage.written().base().contains("$");
            long runs =
                    stage.instructions().stream().filter(Run.class::isInstance).count();
            findings.add(finding(
                    review,
                    sure ? Severity.WARNING : Severity.INFO,
                    stage.written().lines(),
                    "FROM " + stage.written().base() + " is whatever :" + tag.tag()
                            + " names on the day: when it moves, every layer"
                            + " on top is made anew" + (runs == 0 ? "" : ", " + Pasted.count(runs, "RUN") + " included")
                            + ", and two builds of one commit differ.",
                    pin(tag, stage.written().from()),
                    2 + 3.0 * runs));
        }
        return findings;
    }

    private static String pin(FloatingTag tag, From from) {
        var pinned = tag.name() + ":" + tag.tag() + "@sha256:DIGEST";
        return "# docker buildx imagetools inspect " + tag.name() + ":" + tag.tag()
                + " --format '{{.Manifest.Digest}}' prints the digest; let a bot renew it\n"
                + (from.base().contains("$") ? "FROM " + pinned : from.source().replace(from.base(), pinned));
    }
}
