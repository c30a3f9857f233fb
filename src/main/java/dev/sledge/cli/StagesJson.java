package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.dockerfile.BaseImage;
import dev.sledge.dockerfile.BuildOptions;
import dev.sledge.dockerfile.BuildStage;
import dev.sledge.dockerfile.Charting;
import dev.sledge.dockerfile.Directives;
import dev.sledge.dockerfile.Dockerfile;
import dev.sledge.dockerfile.Edge;
import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.Parsing;
import dev.sledge.dockerfile.Phase;
import dev.sledge.dockerfile.StageGraph;
import dev.sledge.problem.Problem;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Dockerfile's stage graph as one line of JSON, for programs: what {@code sledge stages --json} prints.
 *
 * <p>{@code file}, {@code escape}, {@code syntax}, {@code metaArgs} (values of the global arguments), {@code stages}
 * with what each builds on and whether the target needs it, {@code edges} between them. A file that is refused has
 * {@code err} and {@code phase}; {@code llbErr} alone means that the graph is whole and only its build would fail.
 */
public final class StagesJson {
    private static final JsonMapper JSON = new JsonMapper();

    private StagesJson() {}

    /** Describes what was read from {@code file}, with the arguments, target and platform of {@code options}. */
    public static String line(String file, Parsing parsing, BuildOptions options) {
        var object = JSON.createObjectNode();
        object.put("file", file);
        switch (parsing) {
            case Parsing.Parsed(var dockerfile, var warnings) -> putGraph(object, dockerfile, options);
            case Parsing.Unparsable(var directives, var phase, var problems) -> {
                putDirectives(object, directives);
                object.putNull("stages").putNull("edges");
                putError(object, phase, problems);
            }
        }
        return object.toString();
    }

    private static void putGraph(ObjectNode object, Dockerfile dockerfile, BuildOptions options) {
        putDirectives(object, dockerfile.directives());
        switch (StageGraph.of(dockerfile, options)) {
            case Charting.Charted(var graph, var warnings) -> putStages(object, graph, true);
            case Charting.Unbuildable(var phase, var graph, var problems) -> {
                putStages(object, graph, phase.compareTo(Phase.GRAPH) > 0);
                if (phase != Phase.DISPATCH) putError(object, phase, problems);
                object.put("llbErr", problems.getFirst().toString());
            }
            case Charting.Unresolved(var phase, var globalArgs, var problems) -> {
                putMetaArgs(object, globalArgs);
                object.putNull("stages").putNull("edges");
                putError(object, phase, problems);
                object.put("llbErr", problems.getFirst().toString());
            }
        }
    }

    private static void putDirectives(ObjectNode object, Directives directives) {
        object.put("escape", String.valueOf(directives.escape()));
        if (!directives.syntax().isEmpty()) object.put("syntax", directives.syntax());
    }

    private static void putMetaArgs(ObjectNode object, Map<String, String> globalArgs) {
        if (globalArgs.isEmpty()) return;
        var values = object.putObject("metaArgs");
        new TreeMap<>(globalArgs).forEach(values::put);
    }

    private static void putStages(ObjectNode object, StageGraph graph, boolean whole) {
        putMetaArgs(object, graph.globalArgs());
        var reachable = new BitSet();
        if (whole) graph.reachable(graph.targetIndex()).forEach(stage -> reachable.set(stage.index()));
        var stages = object.putArray("stages");
        for (var stage : graph.stages()) putStage(stages.addObject(), stage, reachable.get(stage.index()));
        if (graph.edges().isEmpty()) {
            object.putNull("edges");
            return;
        }
        var edges = object.putArray("edges");
        for (var edge : graph.edges()) {
            edges.addObject()
                    .put("stage", edge.stage())
                    .put("kind", kind(edge))
                    .put("from", edge.from())
                    .put("toStage", edge.toStage())
                    .put("line", edge.line());
        }
    }

    private static void putStage(ObjectNode object, BuildStage stage, boolean reachable) {
        var written = stage.written();
        object.put("index", stage.index())
                .put("name", stage.name())
                .put("baseRaw", written.base())
                .put("base", stage.reference())
                .put("baseStage", baseStage(stage.base()))
                .put("platform", stage.platform())
                .put("instructions", written.instructions().size());
        putInstructions(object.putArray("instr"), written.instructions());
        object.put("line", written.lines().first());
        var lines = object.putArray("lines");
        for (var instruction : written.instructions()) {
            lines.addArray()
                    .add(instruction.lines().first())
                    .add(instruction.lines().last());
        }
        object.put("reachable", reachable);
    }

    private static void putInstructions(ArrayNode names, List<Instruction> instructions) {
        instructions.forEach(instruction -> names.add(instruction.keyword()));
    }

    private static int baseStage(BaseImage base) {
        return switch (base) {
            case BaseImage.EarlierStage(int index) -> index;
            case BaseImage.Named named -> -1;
            case BaseImage.Scratch scratch -> -1;
        };
    }

    private static String kind(Edge edge) {
        return switch (edge.kind()) {
            case COPY -> edge.triggered() ? "onbuild-copy" : "copy";
            case MOUNT -> "mount";
        };
    }

    private static void putError(ObjectNode object, Phase phase, List<Problem> problems) {
        object.put("err", problems.getFirst().toString());
        object.put("phase", phase.name().toLowerCase(Locale.ROOT).replace("_", ""));
    }
}
