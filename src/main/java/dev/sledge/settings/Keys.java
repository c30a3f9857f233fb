package dev.sledge.settings;

import dev.sledge.problem.Problem;
import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads mappings whose keys are known, and the single values in them. */
final class Keys {
    private static final List<String> LATER = List.of("platforms", "secrets", "shape", "environment", "compute");

    private final Findings findings;

    Keys(Findings findings) {
        this.findings = findings;
    }

    /** Hands each value to the reader of its key. An unknown key is a problem, and so is one that stands twice. */
    void read(Node node, String what, Map<String, Consumer<Node>> readers) {
        for (var tuple : entries(node, what, "write 'key: value' lines")) {
            var key = key(tuple);
            var reader = readers.get(key);
            if (reader != null) {
                reader.accept(tuple.getValueNode());
            } else if (LATER.contains(key)) {
                findings.add(
                        Code.NOT_SUPPORTED,
                        Findings.line(tuple.getKeyNode()),
                        "'" + key + "' is not supported by this version of Sledge",
                        "leave it out");
            } else {
                var known = readers.keySet().stream().sorted().toList();
                findings.add(
                        Code.UNKNOWN_SETTING,
                        Findings.line(tuple.getKeyNode()),
                        Problem.quote(key) + " is no setting of " + what,
                        Suggestion.orElse(key, known, "use one of " + String.join(", ", known)));
            }
        }
    }

    /** The entries of a mapping whose keys are single values, each key once. */
    List<NodeTuple> entries(Node node, String what, String fix) {
        if (!(node instanceof MappingNode mapping)) {
            findings.bad(node, what + " must be a mapping", fix);
            return List.of();
        }
        var lines = new HashMap<String, Integer>();
        return mapping.getValue().stream()
                .filter(tuple -> isNew(tuple.getKeyNode(), lines))
                .collect(Collectors.toList());
    }

    private boolean isNew(Node key, Map<String, Integer> lines) {
        if (!(key instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
            findings.bad(key, "a key must be a single value", "write 'key: value'");
            return false;
        }
        var earlier = lines.putIfAbsent(scalar.getValue(), Findings.line(key));
        if (earlier != null) {
            findings.bad(
                    key,
                    Problem.quote(scalar.getValue()) + " stands twice, on line " + earlier + " too",
                    "leave one of them out");
        }
        return earlier == null;
    }

    /** The key of one of the {@link #entries}. */
    static String key(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** A text. What YAML takes for a number, a truth value or nothing is a problem: as text it may read otherwise. */
    Optional<String> text(Node node, String what) {
        return scalar(node, what, List.of(Tag.STR), "a text");
    }

    /**
     * A single value as it is written, its quotes left aside.
     *
     * @param tags of the types that it may have
     * @param kind those types as a person calls them
     */
    Optional<String> scalar(Node node, String what, List<Tag> tags, String kind) {
        if (!(node instanceof ScalarNode scalar)) {
            findings.bad(node, what + " must be " + kind, "write a single value");
        } else if (scalar.getTag().equals(Tag.NULL)) {
            findings.bad(node, what + " has no value", "give it one, or leave it out");
        } else if (!tags.contains(scalar.getTag())) {
            findings.bad(
                    node,
                    what + " must be " + kind + ", which " + Problem.quote(scalar.getValue()) + " is not",
                    "put it in quotes if you mean the text");
        } else {
            return Optional.of(scalar.getValue());
        }
        return Optional.empty();
    }
}
