package dev.sledge.advice;

import dev.sledge.dockerfile.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** DC00: a comment that silences a rule without a reason, or for nothing. */
final class UselessSilence extends DockerfileRule {
    UselessSilence() {
        super("DC00", "A comment silences advice without a reason, or silences nothing.");
    }

    @Override
    public List<Finding> find(Review review) {
        var silences = Silence.of(review.dockerfile());
        if (silences.isEmpty()) return List.of();
        var known = Rules.SILENCEABLE.stream().map(Rule::id).collect(Collectors.toSet());
        var all = Rules.SILENCEABLE.stream()
                .flatMap(rule -> rule.find(review).stream())
                .toList();
        var findings = new ArrayList<Finding>();
        for (var silence : silences) {
            complaints(silence, known, all)
                    .forEach(complaint -> findings.add(finding(
                            review,
                            Severity.INFO,
                            new Lines(
                                    silence.comment().line(), silence.comment().line()),
                            complaint.what,
                            complaint.fix,
                            0)));
        }
        return findings;
    }

    private record Complaint(String what, String fix) {}

    private static List<Complaint> complaints(Silence silence, Set<String> known, List<Finding> all) {
        var complaints = new ArrayList<Complaint>();
        var names = String.join(",", silence.rules());
        if (silence.reason().isEmpty()) {
            complaints.add(new Complaint(
                    names + " is silenced without a reason.",
                    "# sledge ignore=" + names + " reason: why it is right here"));
        }
        for (var rule : silence.rules()) {
            if (!known.contains(rule)) {
                complaints.add(
                        new Complaint("There is no rule " + rule + ".", "Use ids such as DC01; see docs/advice."));
            } else if (all.stream().noneMatch(finding -> finding.rule().equals(rule) && silence.covers(finding))) {
                complaints.add(new Complaint(rule + " finds nothing here.", "Remove " + rule + " from the comment."));
            }
        }
        return complaints;
    }
}
