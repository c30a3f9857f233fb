package dev.sledge.dockerfile;

import dev.sledge.dockerfile.Instruction.Copy;
import dev.sledge.dockerfile.Instruction.Run;
import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds what stages copy and mount from elsewhere. Names count over the whole file, the last of a name wins.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go">toCommand</a>
 */
final class EdgeFinder {
    private static final Pattern INDEX = Pattern.compile("[+-]?[0-9]{1,1000}");

    /** A base with many triggers and many children multiplies them; no real file comes near. */
    private static final int MOST_TRIGGERED = 100_000;

    /** Comparing names costs their product; past this many the user has other worries. */
    private static final int MOST_TYPOS = 100;

    private final char escape;
    private final List<BuildStage> stages;
    private final Findings findings;
    private final Map<String, Integer> names = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private int triggered;
    private int typosLookedFor;

    EdgeFinder(char escape, List<BuildStage> stages, Findings findings) {
        this.escape = escape;
        this.stages = stages;
        this.findings = findings;
        for (var stage : stages) {
            if (!stage.name().isEmpty()) names.put(stage.name(), stage.index());
        }
    }

    /** The edges of all stages; of faulty ones the findings tell. */
    List<Edge> find() {
        for (var stage : stages) {
            triggered += stage.triggers().size();
            if (triggered > MOST_TRIGGERED) {
                findings.refuse(
                        Phase.RESOLVE,
                        Code.NOT_SUPPORTED,
                        stage.written().lines().first(),
                        "ONBUILD adds more than " + MOST_TRIGGERED + " instructions to the stages",
                        "write them into the stages that need them");
                break;
            }
            int from = stage.written().lines().first();
            for (var trigger : stage.triggers()) add(stage, trigger, from, true);
            for (var own : stage.written().instructions())
                add(stage, own, own.lines().first(), false);
        }
        return edges;
    }

    private void add(BuildStage stage, Instruction instruction, int line, boolean trigger) {
        if (instruction instanceof Copy copy && !copy.from().isEmpty()) {
            source(copy.from(), line, trigger ? Phase.RESOLVE : Phase.GRAPH)
                    .ifPresent(
                            to -> edges.add(new Edge(stage.index(), Edge.Kind.COPY, copy.from(), to, line, trigger)));
        }
        if (instruction instanceof Run run) {
            for (var mount : run.mounts()) {
                if (mount.from().isEmpty()) continue;
                // A number here is no index but an image: only COPY counts stages.
                edges.add(new Edge(stage.index(), Edge.Kind.MOUNT, mount.from(), named(mount.from()), line, trigger));
            }
        }
    }

    /** The stage that {@code COPY --from} means; empty if there cannot be one. */
    private Optional<Integer> source(String from, int line, Phase phase) {
        var plain = Expansion.of(from, escape, Map.of(), new Effort());
        if (!plain.equals(new Expansion.Expanded(from))) {
            findings.refuse(
                    phase,
                    Code.BAD_VARIABLE,
                    line,
                    "COPY --from=" + Findings.quote(from) + " holds a variable or a quote",
                    "define a stage with FROM " + from + " AS name after a global ARG, and copy from that");
            return Optional.empty();
        }
        if (!INDEX.matcher(from).matches()) {
            warnOfTypo(from, line);
            return Optional.of(named(from));
        }
        int index = index(from);
        if (index < 0 || index >= stages.size()) {
            findings.refuse(
                    phase,
                    Code.UNKNOWN_STAGE,
                    line,
                    "COPY --from=" + Findings.quote(from) + " names no stage",
                    "use an index from 0 to " + (stages.size() - 1) + ", or better a stage's name");
            return Optional.empty();
        }
        return Optional.of(index);
    }

    private int named(String from) {
        return names.getOrDefault(from.toLowerCase(Locale.ROOT), Edge.IMAGE);
    }

    private static int index(String number) {
        var digits = number.replaceFirst("^[+-]?0*", "");
        if (digits.length() > 9) return Edge.IMAGE;
        int size = digits.isEmpty() ? 0 : Integer.parseInt(digits);
        return number.startsWith("-") ? -size : size;
    }

    /** BuildKit goes and looks for an image of that name; the user rather mistyped a stage. */
    private void warnOfTypo(String from, int line) {
        boolean qualified = from.contains("/") || from.contains(":") || from.contains("@");
        if (qualified || named(from) != Edge.IMAGE || names.size() > MOST_TYPOS || ++typosLookedFor > MOST_TYPOS)
            return;
        var meant = Suggestion.nearest(from, names.keySet());
        if (!meant.isEmpty()) {
            findings.warn(
                    Code.UNKNOWN_STAGE,
                    line,
                    "COPY --from=" + from + " names no stage and so an image",
                    "did you mean " + meant + "?");
        }
    }
}
