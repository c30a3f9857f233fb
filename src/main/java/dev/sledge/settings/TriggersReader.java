package dev.sledge.settings;

import dev.sledge.problem.Problem;
import dev.sledge.problem.Suggestion;
import dev.sledge.settings.Triggers.PullRequests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code on}. What it leaves out is not built. */
final class TriggersReader {
    private final Findings findings;
    private final Keys keys;

    private List<RefPattern> branches = List.of();
    private List<RefPattern> tags = List.of();
    private PullRequests pullRequests = PullRequests.NONE;

    TriggersReader(Findings findings) {
        this.findings = findings;
        this.keys = new Keys(findings);
    }

    Triggers read(Node node) {
        keys.read(
                node,
                "on",
                Map.of(
                        "branches",
                        value -> branches = patterns(value, "branches"),
                        "tags",
                        value -> tags = patterns(value, "tags"),
                        "pull_requests",
                        this::pullRequests));
        return new Triggers(branches, tags, pullRequests);
    }

    private List<RefPattern> patterns(Node node, String what) {
        if (!(node instanceof SequenceNode sequence)) {
            findings.bad(node, what + " must be a list of patterns", "write " + what + ": [main, \"release/*\"]");
            return List.of();
        }
        var patterns = new ArrayList<RefPattern>();
        for (var item : sequence.getValue()) {
            keys.text(item, "a pattern of " + what).ifPresent(text -> {
                try {
                    patterns.add(new RefPattern(text));
                } catch (IllegalArgumentException e) {
                    findings.bad(
                            item,
                            what + ": " + e.getMessage(),
                            "write a name such as main, or a pattern such as release/*");
                }
            });
        }
        return patterns;
    }

    private void pullRequests(Node node) {
        keys.text(node, "pull_requests").ifPresent(written -> {
            var choices = Arrays.stream(PullRequests.values())
                    .collect(Collectors.toMap(PullRequests::written, choice -> choice));
            var choice = choices.get(written);
            if (choice != null) {
                pullRequests = choice;
                return;
            }
            var known = choices.keySet().stream().sorted().toList();
            findings.bad(
                    node,
                    "pull_requests: " + Problem.quote(written) + " is none of the choices",
                    Suggestion.orElse(written, known, "use one of " + String.join(", ", known)));
        });
    }
}
