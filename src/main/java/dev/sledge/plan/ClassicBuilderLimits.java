package dev.sledge.plan;

import dev.sledge.dockerfile.BuildStage;
import dev.sledge.dockerfile.Builder;
import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.StageGraph;
import dev.sledge.problem.Problem;
import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.SourceLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the classic builder cannot do, and the recipe that keeps its stages.
 *
 * @param args build arguments by name
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference, which marks what needs BuildKit</a>
 */
record ClassicBuilderLimits(String file, Map<String, String> args, StageGraph graph) {
    private static final String FIX = "use cache: registry";

    /** Variables that BuildKit defines by itself. */
    private static final Pattern PLATFORM =
            Pattern.compile("(BUILD|TARGET)(PLATFORM|OS|OSVERSION|ARCH|VARIANT)|TARGETSTAGE");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Z]+)");

    /** A stage's index is part of its image's tag, and a branch's name leaves it two digits. */
    private static final int LAST_KEPT = 99;

    /** In the order of the file; empty if the recipe can build it. */
    List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        graph.leaves(Builder.CLASSIC).forEach(stage -> kept(stage, problems));
        for (var stage : BuildPlanner.built(graph, Builder.CLASSIC)) {
            var from = stage.written().from();
            VARIABLE.matcher(from.base() + " " + from.platform())
                    .results()
                    .forEach(variable -> platform(variable.group(1), from, problems));
            stage.written().instructions().forEach(instruction -> read(instruction, problems));
        }
        problems.sort(Comparator.comparingInt(problem -> problem.where().line()));
        return problems;
    }

    private void read(Instruction instruction, List<Problem> problems) {
        for (var missing : missing(instruction)) {
            problems.add(problem(
                    instruction,
                    "the classic builder has no " + missing + ", which this " + instruction.keyword() + " uses",
                    FIX));
        }
        if (instruction instanceof Instruction.Arg arg) {
            arg.declarations().stream()
                    .filter(Instruction.Declaration.Plain.class::isInstance)
                    .forEach(plain -> platform(plain.name(), instruction, problems));
        }
    }

    private void kept(BuildStage stage, List<Problem> problems) {
        if (stage.name().isEmpty() && stage.index() != graph.targetIndex()) {
            problems.add(problem(
                    stage.written().from(),
                    "the classic recipe keeps each stage as an image, and this one has no name to build it by",
                    "add a name, as in FROM … AS stage" + stage.index() + ", or " + FIX));
        }
        if (stage.index() > LAST_KEPT) {
            problems.add(problem(
                    stage.written().from(),
                    "the classic recipe keeps each stage as an image, up to stage " + LAST_KEPT,
                    FIX));
        }
    }

    private void platform(String variable, Instruction instruction, List<Problem> problems) {
        if (PLATFORM.matcher(variable).matches() && !args.containsKey(variable)) {
            problems.add(problem(
                    instruction, "the classic builder does not set " + variable, "give it a value in args, or " + FIX));
        }
    }

    private Problem problem(Instruction instruction, String what, String fix) {
        return new Problem(
                Code.NOT_SUPPORTED, new SourceLine(file, instruction.lines().first()), what, fix);
    }

    private static List<String> missing(Instruction instruction) {
        var missing = new ArrayList<String>();
        if (!instruction.written().heredocs().isEmpty()) {
            missing.add("heredocs");
        }
        if (instruction instanceof Instruction.Run run) {
            add(missing, "--mount", !run.mounts().isEmpty());
            add(missing, "--network", !run.network().equals("default"));
            add(missing, "--security", !run.security().equals("sandbox"));
            add(missing, "--device", !run.devices().isEmpty());
        }
        if (instruction instanceof Instruction.Copy copy) {
            files(missing, copy.files());
            add(missing, "--parents", copy.parents());
        }
        if (instruction instanceof Instruction.Add add) {
            files(missing, add.files());
            add(missing, "--checksum", !add.checksum().isEmpty());
            add(missing, "--keep-git-dir", add.keepGitDir());
            add(missing, "--unpack", add.unpack());
        }
        return missing;
    }

    private static void files(List<String> missing, Instruction.Files files) {
        add(missing, "--link", files.link());
        add(missing, "--chmod", !files.chmod().isEmpty());
        add(missing, "--exclude", !files.excludes().isEmpty());
    }

    private static void add(List<String> missing, String flag, boolean used) {
        if (used) {
            missing.add(flag);
        }
    }
}
