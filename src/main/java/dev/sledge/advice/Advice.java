package dev.sledge.advice;

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

    /**
     * Instructions up to which a file is looked at: rules go through each stage with all that it builds on, and no file
     * that a person reads has as many.
     */
    static final int MOST_INSTRUCTIONS = 1000;

    /** What all rules find and no comment silences, that which costs most first; nothing for a file that is too long for advice. */
    public static List<Finding> on(Review review) {
        int instructions = review.dockerfile().stages().stream()
                .mapToInt(stage -> 1 + stage.instructions().size())
                .sum();
        if (instructions > MOST_INSTRUCTIONS) return List.of();
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
