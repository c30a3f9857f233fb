package dev.sledge.render;

import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import dev.sledge.plan.Cache.StageImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The docker commands of a build, one way for each kind of cache. */
final class DockerCommands {
    /** With its dot no directory's name can be read as an option, as stdin ({@code -}) or as a remote ({@code github.com/…}). */
    private static final String CONTEXT = "\"./$SLEDGE_CONTEXT\"";

    private DockerCommands() {}

    static List<String> build(BuildPlan plan) {
        return switch (plan.cache()) {
            case Cache.Registry(var from, var to) -> List.of(buildx(plan, from.size(), to.size()));
            case Cache.None() -> List.of(buildx(plan, 0, 0));
            case Cache.Classic(var stages) -> classic(plan, stages);
        };
    }

    /** A shell function that keeps the build's log for the record and shows a person what happens. */
    static String show(BuildPlan plan) {
        var log = "\"$CODEBUILD_SRC_DIR/results/" + BuildspecRenderer.logName(plan.cache()) + "\"";
        return switch (plan.cache()) {
            case Cache.Registry registry -> showBuildKit(log);
            case Cache.None none -> showBuildKit(log);
            // The classic builder's log has no times: each line gets the moment it came. The log stands at the end of
            // the pipe: bash does not wait for a substitution, and the last lines would be missing when a build fails.
            case Cache.Classic classic ->
                "show() { tee >(cat >&2) | jq --unbuffered -Rc '{time: now, line: .}' >> " + log + "; }";
        };
    }

    /** The sed keeps lines of JSON, which begin with a quote or a bracket: after a failure BuildKit adds lines of plain text. */
    private static String showBuildKit(String log) {
        return """
                show() {
                  tee %s | sed -un '/^ *[]["{}]/p' | jq --unbuffered -rj '
                    (.vertexes[]? | select(.error | not) | if .cached then "=> CACHED \\(.name)\\n"
                      elif .completed then "=> DONE \\(.name)\\n"
                      elif .started then "=> \\(.name)\\n" else empty end),
                    (.logs[]?.data | @base64d),
                    (.vertexes[]? | select(.error) | "=> ERROR \\(.name)\\n\\(.error)\\n")'
                }""".formatted(log);
    }

    private static String buildx(BuildPlan plan, int from, int to) {
        var lines = new ArrayList<String>();
        lines.add("docker buildx build --progress=rawjson --provenance=false"
                + (plan.pushes() ? " --push" : " --output type=cacheonly"));
        if (plan.pushes()) {
            lines.add("  --tag \"$SLEDGE_IMAGE:$SLEDGE_TAG\"");
        }
        for (var i = 0; i < from; i++) {
            lines.add("  --cache-from \"type=registry,ref=$SLEDGE_CACHE_FROM_" + i + "\"");
        }
        for (var i = 0; i < to; i++) {
            lines.add("  --cache-to \"type=registry,ref=$SLEDGE_CACHE_TO_" + i
                    + ",mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true\"");
        }
        lines.addAll(recipe(plan));
        if (!plan.recipe().target().isEmpty()) {
            lines.add("  --target \"$SLEDGE_TARGET\"");
        }
        lines.add("  " + CONTEXT + " 2>&1 | show");
        return String.join(" \\\n", lines);
    }

    private static List<String> classic(BuildPlan plan, List<StageImage> stages) {
        var commands = new ArrayList<String>();
        commands.add("export DOCKER_BUILDKIT=0");
        for (var i = 0; i < stages.size(); i++) {
            commands.add(pull(i, stages.get(i)));
        }
        for (var i = 0; i < stages.size(); i++) {
            commands.add(buildStage(plan, stages, i));
        }
        if (plan.pushes()) {
            commands.add("docker tag \"sledge/stage:" + (stages.size() - 1) + "\" \"$SLEDGE_IMAGE:$SLEDGE_TAG\"");
            commands.add("docker push --quiet \"$SLEDGE_IMAGE:$SLEDGE_TAG\"");
        }
        // Stages are pushed last and together: a mixed generation loses a whole stage, since base histories are
        // compared with their times.
        for (var i = 0; i < stages.size(); i++) {
            for (var j = 0; j < stages.get(i).to().size(); j++) {
                var to = "\"$SLEDGE_STAGE_" + i + "_TO_" + j + "\"";
                commands.add("docker tag \"sledge/stage:" + i + "\" " + to + " && docker push --quiet " + to
                        + " || echo \"the cache image of " + name(i, stages.get(i)) + " was not pushed\"");
            }
        }
        return commands;
    }

    private static String pull(int index, StageImage stage) {
        var tries = new ArrayList<String>();
        for (var j = 0; j < stage.from().size(); j++) {
            var from = "\"$SLEDGE_STAGE_" + index + "_FROM_" + j + "\"";
            tries.add(
                    "{ docker pull --quiet " + from + " && docker tag " + from + " \"sledge/cache:" + index + "\"; }");
        }
        tries.add("echo \"no cache image yet for " + name(index, stage) + "\"");
        return String.join(" || ", tries);
    }

    private static String name(int index, StageImage stage) {
        return stage.target().isEmpty() ? "the last stage" : "stage $SLEDGE_STAGE_" + index;
    }

    private static String buildStage(BuildPlan plan, List<StageImage> stages, int index) {
        var lines = new ArrayList<String>();
        lines.add("docker build --tag \"sledge/stage:" + index + "\"");
        for (var i = index; i >= 0; i--) {
            lines.add("  --cache-from \"sledge/cache:" + i + "\"");
        }
        for (var i = 0; i < index; i++) {
            lines.add("  --cache-from \"sledge/stage:" + i + "\"");
        }
        lines.addAll(recipe(plan));
        if (!stages.get(index).target().isEmpty()) {
            lines.add("  --target \"$SLEDGE_STAGE_" + index + "\"");
        }
        lines.add("  " + CONTEXT + " 2>&1 | show");
        return String.join(" \\\n", lines);
    }

    private static List<String> recipe(BuildPlan plan) {
        var lines = new ArrayList<String>();
        lines.add("  --file \"./$SLEDGE_DOCKERFILE\"");
        for (var name : plan.recipe().args().keySet()) {
            lines.add("  --build-arg " + name + "=\"$SLEDGE_ARG_" + name + "\"");
        }
        return lines;
    }

    /** What the commands of this kind of cache read, beside what all builds have. */
    static Map<String, String> environment(BuildPlan plan) {
        var environment = new TreeMap<String, String>();
        switch (plan.cache()) {
            case Cache.Registry(var from, var to) -> {
                target(environment, "SLEDGE_TARGET", plan.recipe().target());
                number(environment, "SLEDGE_CACHE_FROM_", from);
                number(environment, "SLEDGE_CACHE_TO_", to);
            }
            case Cache.None() ->
                target(environment, "SLEDGE_TARGET", plan.recipe().target());
            case Cache.Classic(var stages) -> {
                for (var i = 0; i < stages.size(); i++) {
                    target(environment, "SLEDGE_STAGE_" + i, stages.get(i).target());
                    number(
                            environment,
                            "SLEDGE_STAGE_" + i + "_FROM_",
                            stages.get(i).from());
                    number(
                            environment,
                            "SLEDGE_STAGE_" + i + "_TO_",
                            stages.get(i).to());
                }
            }
        }
        return environment;
    }

    private static void target(Map<String, String> environment, String variable, String target) {
        if (!target.isEmpty()) {
            environment.put(variable, target);
        }
    }

    private static void number(Map<String, String> environment, String prefix, List<?> values) {
        for (var i = 0; i < values.size(); i++) {
            environment.put(prefix + i, values.get(i).toString());
        }
    }
}
