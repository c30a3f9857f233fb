package dev.sledge.advice;

import dev.sledge.dockerfile.Dockerfile;
import dev.sledge.dockerfile.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** DC00: a comment that silences a rule without a reason, or for nothing; it looks at what the other rules found. */
final class UselessSilence implements Rule {
    @Override
    public String id() {
        return "DC00";
    }

    @Override
    public String sentence() {
        return "A comment silences advice without a reason, or silences nothing.";
    }

    private record Complaint(String what, String fix) {}

    /** @param found by the other rules, silenced or not */
    List<Finding> find(Dockerfile dockerfile, List<Silence> silences, List<Finding> found) {
        var findings = new ArrayList<Finding>();
        for (var silence : silences) {
            var line = silence.comment().line();
            for (var complaint : complaints(silence, found)) {
                findings.add(new Finding(
                        id(),
                        Severity.INFO,
                        dockerfile.file(),
                        new Lines(line, line),
                        complaint.what,
                        complaint.fix,
                        0));
            }
        }
        return findings;
    }

    private static List<Complaint> complaints(Silence silence, List<Finding> found) {
        var known = Rules.SILENCEABLE.stream().map(Rule::id).collect(Collectors.toSet());
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
            } else if (found.stream().noneMatch(finding -> finding.rule().equals(rule) && silence.covers(finding))) {
                complaints.add(new Complaint(rule + " finds nothing here.", "Remove " + rule + " from the comment."));
            }
        }
        return complaints;
    }
}
