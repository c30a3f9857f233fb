package dev.sledge.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What comes of looking at a Dockerfile with all rules. */
public sealed interface Advice {
    /**
     * What the rules find and no comment silences, that which costs most first.
     *
     * @param findings none for a file without a fault
     */
    record Given(List<Finding> findings) implements Advice {
        public Given {
            findings = List.copyOf(findings);
        }
    }

    /** The file has more than {@link #MOST_INSTRUCTIONS} instructions, and was not looked at. */
    record TooLong(int instructions) implements Advice {}

    /**
     * Instructions up to which a file is looked at: rules go through each stage with all that it builds on, and no file
     * that a person reads has as many.
     */
    int MOST_INSTRUCTIONS = 1000;

    /** Looks at a file. */
    static Advice on(Review review) {
        int instructions = review.dockerfile().stages().stream()
                .mapToInt(stage -> 1 + stage.instructions().size())
                .sum();
        if (instructions > MOST_INSTRUCTIONS) return new TooLong(instructions);
        var all = Rules.SILENCEABLE.stream()
                .flatMap(rule -> rule.find(review).stream())
                .toList();
        var silences = Silence.of(review.dockerfile());
        var heard = new ArrayList<>(Rules.SILENCES.find(review.dockerfile(), silences, all));
        all.stream()
                .filter(finding -> silences.stream().noneMatch(silence -> silence.covers(finding)))
                .forEach(heard::add);
        heard.sort(Comparator.comparingDouble(Finding::cost)
                .reversed()
                .thenComparing(Finding::severity)
                .thenComparingInt(finding -> finding.lines().first())
                .thenComparing(Finding::rule));
        return new Given(heard);
    }
}
