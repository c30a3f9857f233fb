package dev.sledge.dockerfile;

import dev.sledge.dockerfile.Instruction.Trigger;
import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.Suggestion;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Draws the stage graph, in the order in which BuildKit does, so that the same fault is met first. */
final class Cartographer {
    private final Dockerfile dockerfile;
    private final BuildOptions options;
    private final Findings findings;

    Cartographer(Dockerfile dockerfile, BuildOptions options) {
        this.dockerfile = dockerfile;
        this.options = options;
        this.findings = new Findings(dockerfile.file());
    }

    Charting chart() {
        var arguments = GlobalArguments.of(dockerfile, options, findings);
        var stages = new StageResolver(arguments, findings).resolve(dockerfile.stages());
        var target = target(stages);
        if (target.isEmpty()) refuseTarget(stages);
        if (target.isEmpty() || (findings.any() && findings.phase().compareTo(Phase.TARGET) <= 0)) {
            return new Charting.Unresolved(findings.phase(), arguments.declared(), findings.problems());
        }
        var finder = new EdgeFinder(dockerfile.directives().escape(), stages, findings);
        var edges = finder.find();
        boolean circular = refuseCycles(stages, Cycles.own(edges));
        refuseReferences(stages, edges);
        var known = circular ? Cycles.own(edges) : edges;
        var graph = new StageGraph(stages, known, target.getAsInt(), arguments.declared());
        refuseTriggers(graph, finder);
        judgeFlaws(graph);
        new Rehearsal(dockerfile.directives().escape(), options, arguments, findings)
                .run(graph.reachable(graph.targetIndex()));
        return findings.any()
                ? new Charting.Unbuildable(findings.phase(), graph, findings.problems())
                : new Charting.Charted(graph, findings.warnings());
    }

    /** By name in any case, the last of a name; else, as the classic builder has it, by index. */
    private OptionalInt target(List<BuildStage> stages) {
        var wanted = LowerCase.of(options.target());
        if (wanted.isEmpty()) return OptionalInt.of(stages.size() - 1);
        Predicate<BuildStage> named = stage -> stage.name().equals(wanted);
        Predicate<BuildStage> numbered = stage -> String.valueOf(stage.index()).equals(wanted);
        var byName = lastIndex(stages, named);
        return byName.isPresent() ? byName : lastIndex(stages, numbered);
    }

    private static OptionalInt lastIndex(List<BuildStage> stages, Predicate<BuildStage> wanted) {
        return IntStream.range(0, stages.size())
                .filter(index -> wanted.test(stages.get(index)))
                .max();
    }

    private void refuseTarget(List<BuildStage> stages) {
        var names = stages.stream()
                .map(BuildStage::name)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        findings.refuse(
                Phase.TARGET,
                Code.UNKNOWN_TARGET,
                0,
                "there is no stage " + Findings.quote(options.target()) + " to build",
                Suggestion.orElse(
                        options.target(),
                        names,
                        names.isEmpty() ? "no stage has a name; leave the target out" : "use one of " + names));
    }

    /** True if there is one; what triggers need from below is found by its place. */
    private boolean refuseCycles(List<BuildStage> stages, List<Edge> own) {
        var closing = Cycles.closing(stages.size(), own);
        for (var edge : closing) {
            findings.refuse(
                    Phase.GRAPH,
                    Code.STAGE_CYCLE,
                    edge.line(),
                    "the stage " + stages.get(edge.stage()).written().label() + " needs itself by way of "
                            + Findings.quote(edge.from()),
                    "take the files from a stage further up that does not need this one");
        }
        return !closing.isEmpty();
    }

    /** BuildKit looks at every name, also in stages that it will not build. */
    private void refuseReferences(List<BuildStage> stages, List<Edge> edges) {
        for (var stage : stages) {
            if (stage.base() instanceof BaseImage.Named(var reference)) {
                refuseReference(reference, stage.written().lines().first());
            }
        }
        for (var edge : edges) {
            boolean counted = edge.kind() == Edge.Kind.COPY && EdgeFinder.isIndex(edge.from());
            if (edge.toStage() == Edge.IMAGE && !counted && !edge.from().equals("scratch")) {
                refuseReference(edge.from(), edge.line());
            }
        }
    }

    private void refuseReference(String reference, int line) {
        ReferenceSyntax.fault(reference)
                .ifPresent(fault -> findings.refuse(
                        Phase.RESOLVE,
                        Code.BAD_BASE_IMAGE,
                        line,
                        "the image " + Findings.quote(reference) + " " + fault,
                        "write it as registry/repository:tag, in small letters"));
    }

    /** Triggers are read once it is known which stages are built. */
    private void refuseTriggers(StageGraph graph, EdgeFinder finder) {
        var bases = new TreeSet<Integer>();
        for (var stage : graph.reachable(graph.targetIndex())) {
            finder.faultsInTriggers(stage).forEach(problem -> findings.refuse(Phase.RESOLVE, problem));
            if (stage.base() instanceof BaseImage.EarlierStage(int parent)) bases.add(parent);
        }
        for (int base : bases) {
            for (var instruction : graph.stages().get(base).written().instructions()) {
                if (instruction instanceof Instruction.Onbuild(var written, Trigger.Faulty(var problem))) {
                    findings.refuse(Phase.RESOLVE, problem);
                }
            }
        }
    }

    /** What only the building of a stage brings up: refused in those that are built, a warning in others. */
    private void judgeFlaws(StageGraph graph) {
        var built = new BitSet();
        graph.reachable(graph.targetIndex()).forEach(stage -> built.set(stage.index()));
        for (var stage : graph.stages()) {
            for (var flaw : stage.written().flaws()) {
                if (built.get(stage.index())) findings.refuse(Phase.DISPATCH, flaw);
                else findings.warn(flaw);
            }
        }
        for (var edge : graph.edges()) {
            // A stage that needs itself is a circle, or a trigger, and to that BuildKit gives what is there so far.
            if (edge.toStage() == edge.stage() || !edge.pointsForward()) continue;
            var problem = findings.problem(
                    Code.STAGE_NOT_YET_DEFINED,
                    edge.line(),
                    "the stage " + Findings.quote(edge.from()) + " is not yet defined here",
                    "move it above the stage "
                            + graph.stages().get(edge.stage()).written().label());
            if (built.get(edge.stage())) findings.refuse(Phase.DISPATCH, problem);
            else findings.warn(problem);
        }
    }
}
