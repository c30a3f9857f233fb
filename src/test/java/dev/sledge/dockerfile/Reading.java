package dev.sledge.dockerfile;

import dev.sledge.problem.Problem;
import java.util.List;

/** Short ways for tests to a Dockerfile, its graph and its problems. */
final class Reading {
    private Reading() {}

    static Dockerfile dockerfile(String text) {
        return switch (DockerfileParser.parse("Dockerfile", text)) {
            case Parsing.Parsed(var dockerfile, var warnings) -> dockerfile;
            case Parsing.Unparsable(var directives, var phase, var problems) -> throw new AssertionError(problems);
        };
    }

    /** The only instruction of a stage on {@code scratch}. */
    static Instruction instruction(String text) {
        var instructions =
                dockerfile("FROM scratch\n" + text).stages().getFirst().instructions();
        if (instructions.size() != 1) throw new AssertionError(instructions);
        return instructions.getFirst();
    }

    static List<String> warnings(String text) {
        return switch (DockerfileParser.parse("Dockerfile", text)) {
            case Parsing.Parsed(var dockerfile, var warnings) -> lines(warnings);
            case Parsing.Unparsable(var directives, var phase, var problems) -> throw new AssertionError(problems);
        };
    }

    static List<String> problems(String text) {
        return switch (DockerfileParser.parse("Dockerfile", text)) {
            case Parsing.Parsed(var dockerfile, var warnings) -> List.of();
            case Parsing.Unparsable(var directives, var phase, var problems) -> lines(problems);
        };
    }

    static StageGraph graph(String text, BuildOptions options) {
        return switch (StageGraph.of(dockerfile(text), options)) {
            case Charting.Charted(var graph, var warnings) -> graph;
            case Charting.Unbuildable(var phase, var graph, var problems) -> throw new AssertionError(problems);
            case Charting.Unresolved(var phase, var arguments, var problems) -> throw new AssertionError(problems);
        };
    }

    static StageGraph graph(String text) {
        return graph(text, BuildOptions.DEFAULT);
    }

    /** The phase and the problems with which the graph is refused, or the warnings, each on a line. */
    static String verdict(String text, BuildOptions options) {
        return switch (StageGraph.of(dockerfile(text), options)) {
            case Charting.Charted(var graph, var warnings) -> String.join("\n", lines(warnings));
            case Charting.Unbuildable(var phase, var graph, var problems) ->
                phase + " " + String.join("\n", lines(problems));
            case Charting.Unresolved(var phase, var arguments, var problems) ->
                phase + " " + String.join("\n", lines(problems));
        };
    }

    static String verdict(String text) {
        return verdict(text, BuildOptions.DEFAULT);
    }

    /** All problems, wherever they arise, each on a line. */
    static String answer(String text) {
        var problems = String.join("\n", problems(text));
        return problems.isEmpty() ? verdict(text) : problems;
    }

    private static List<String> lines(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }
}
