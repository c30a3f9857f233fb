package dev.sledge.dockerfile;

import dev.sledge.dockerfile.Instruction.Copy;
import dev.sledge.dockerfile.Instruction.Run;
import dev.sledge.problem.Problem;
import dev.sledge.problem.Problem.Code;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Finds what stages copy and mount from elsewhere. Names count over the whole file, the last of a name wins.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go">toCommand</a>
 */
final class EdgeFinder {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,1000}");

    /** A base with many triggers and many children multiplies them; no real file comes near. */
    private static final int MOST_TRIGGERED = 100_000;

    /** Comparing names costs their product; past this many the user has other worries. */
    private static final int MOST_TYPOS = 100;

    private final char escape;
    private final List<BuildStage> stages;
    private final Findings findings;
    private final Map<String, Integer> names = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<Integer, List<Problem>> late = new HashMap<>();
    private int triggered;
    private int faulty = -1;

    /** BuildKit's list of states: the stages, and behind them the images met so far, which an index can mean as well. */
    private int states;

    private int typosLookedFor;

    EdgeFinder(char escape, List<BuildStage> stages, Findings findings) {
        this.escape = escape;
        this.stages = stages;
        this.findings = findings;
        this.states = stages.size();
        for (var stage : stages) {
            if (!stage.name().isEmpty()) names.put(stage.name(), stage.index());
        }
    }

    /** The edges of all stages; if one is faulty, those before it, as BuildKit goes no further. */
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
        return faulty < 0 ? edges : Cycles.own(edges.subList(0, faulty));
    }

    private void add(BuildStage stage, Instruction instruction, int line, boolean trigger) {
        if (instruction instanceof Copy copy && !copy.from().isEmpty()) {
            var to = source(copy.from(), line, problem -> refuse(stage, problem, trigger));
            if (to.isEmpty()) return;
            edges.add(new Edge(stage.index(), Edge.Kind.COPY, copy.from(), to.get(), line, trigger));
            if (to.get() == Edge.IMAGE && !isIndex(copy.from())) states++;
        }
        if (instruction instanceof Run run) {
            for (var mount : run.mounts()) {
                // A mount from nowhere is one from scratch, which may be a stage's name.
                var from = mount.from().isEmpty() ? "scratch" : mount.from();
                int to = named(from);
                if (to == Edge.IMAGE) states++;
                if (to == Edge.IMAGE && mount.from().isEmpty()) continue;
                // A number here is no index but an image: only COPY counts stages.
                edges.add(new Edge(stage.index(), Edge.Kind.MOUNT, from, to, line, trigger));
            }
        }
    }

    /** The stage that {@code COPY --from} means; empty if there cannot be one. */
    private Optional<Integer> source(String from, int line, Consumer<Problem> refusal) {
        var plain = Expansion.of(from, escape, Map.of(), new Effort());
        if (!plain.equals(new Expansion.Expanded(from))) {
            refusal.accept(findings.problem(
                    Code.BAD_VARIABLE,
                    line,
                    "COPY --from=" + Findings.quote(from) + " holds a variable or a quote",
                    "define a stage with FROM " + from + " AS name after a global ARG, and copy from that"));
            return Optional.empty();
        }
        var number = index(from);
        if (number.isEmpty()) {
            warnOfTypo(from, line);
            return Optional.of(named(from));
        }
        long index = number.getAsLong();
        if (index >= stages.size() && index < states) return Optional.of(Edge.IMAGE);
        if (index < 0 || index >= stages.size()) {
            refusal.accept(findings.problem(
                    Code.UNKNOWN_STAGE,
                    line,
                    "COPY --from=" + Findings.quote(from) + " names no stage",
                    "use an index from 0 to " + (stages.size() - 1) + ", or better a stage's name"));
            return Optional.empty();
        }
        return Optional.of((int) index);
    }

    /** A trigger is looked at only in stages that are built, and which those are the edges have yet to tell. */
    private void refuse(BuildStage stage, Problem problem, boolean trigger) {
        if (trigger) {
            late.computeIfAbsent(stage.index(), none -> new ArrayList<>()).add(problem);
        } else {
            findings.refuse(Phase.GRAPH, problem);
            if (faulty < 0) faulty = edges.size();
        }
    }

    /** What is wrong with the triggers that {@code stage} inherits, should it be built. */
    List<Problem> faultsInTriggers(BuildStage stage) {
        return late.getOrDefault(stage.index(), List.of());
    }

    /** Whether {@code COPY --from} counts stages with it; what is too large for a number is a name. */
    static boolean isIndex(String from) {
        return index(from).isPresent();
    }

    private static OptionalLong index(String from) {
        if (!NUMBER.matcher(from).matches()) return OptionalLong.empty();
        var number = new BigInteger(from);
        return number.bitLength() < Long.SIZE ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
    }

    private int named(String from) {
        return names.getOrDefault(LowerCase.of(from), Edge.IMAGE);
    }

    /** BuildKit goes and looks for an image of that name; the user rather mistyped a stage. */
    private void warnOfTypo(String from, int line) {
        if (named(from) != Edge.IMAGE || names.size() > MOST_TYPOS || ++typosLookedFor > MOST_TYPOS) return;
        StageGraph.nearest(from, names.keySet())
                .ifPresent(meant -> findings.warn(
                        Code.UNKNOWN_STAGE,
                        line,
                        "COPY --from=" + from + " names no stage and so an image",
                        "did you mean " + meant + "?"));
    }
}
