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

    /** What all rules find and no comment silences, that which costs most first. */
    public static List<Finding> on(Review review) {
        var silences = Silence.of(review.dockerfile());
        var findings = new ArrayList<Finding>();
        for (var rule : Rules.all()) {
            for (var finding : rule.find(review)) {
                if (silences.stream().noneMatch(silence -> silence.covers(finding))) findings.add(finding);
            }
        }
        findings.sort(DEAREST_FIRST);
        return List.copyOf(findings);
    }
}
