package dev.sledge.advice;

import dev.sledge.dockerfile.Lines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Looks at a Dockerfile with all rules. */
public final class Advice {
    private static final Comparator<Finding> DEAREST_FIRST = Comparator.comparingDouble(Finding::cost)
            .reversed()
            .thenComparing(Finding::severity)
            .thenComparingInt(finding -> finding.lines().first())
            .thenComparing(Finding::rule);

    private Advice() {}

    private static Finding tooLong(Review review, int instructions) {
        return new Finding(
                "DC00",
                Severity.INFO,
                review.dockerfile().file(),
                new Lines(1, 1),
                "The file has " + instructions + " instructions, and advice goes to " + MOST_INSTRUCTIONS + ".",
                "Check its stages in files of their own.",
                0);
    }

    /**
     * Instructions up to which a file is looked at: rules go through each stage with all that it builds on, and no file
     * that a person reads has as many.
     */
    static final int MOST_INSTRUCTIONS = 1000;

    /** What all rules find and no comment silences, that which costs most first; for a file that is too long for advice, that it is. */
    public static List<Finding> on(Review review) {
        int instructions = review.dockerfile().stages().stream()
                .mapToInt(stage -> 1 + stage.instructions().size())
                .sum();
        if (instructions > MOST_INSTRUCTIONS) return List.of(tooLong(review, instructions));
        var silences = Silence.of(review.dockerfile());
        var findings = new ArrayList<Finding>();
        for (var rule : Rules.SILENCEABLE) {
            for (var finding : rule.find(review)) {
                if (silences.stream().noneMatch(silence -> silence.covers(finding))) findings.add(finding);
            }
        }
        findings.addAll(new UselessSilence().find(review));
        findings.sort(DEAREST_FIRST);
        return List.copyOf(findings);
    }
}
