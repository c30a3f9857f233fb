package dev.sledge.render;

import dev.sledge.image.ImageReference;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import dev.sledge.plan.Cache.KeptStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The docker commands of a build, one way for each kind of cache. */
final class DockerCommands {
    /** With its dot no directory's name can be read as an option, as stdin ({@code -}) or as a remote ({@code github.com/…}). */
    static final String CONTEXT = "\"./$SLEDGE_CONTEXT\"";

    private static final String ENGINE_MEBIBYTES = "SLEDGE_ENGINE_MIB";

    private DockerCommands() {}

    /** What {@code start-engine} is told: the image store, and how large the engine's state may get, in MiB. */
    static String engine(BuildPlan plan) {
        return switch (plan.cache()) {
            case Cache.OfBuildKit cache ->
                BuildKitCommands.livesForOneBuild(cache)
                        ? "containerd \"$" + ENGINE_MEBIBYTES + "\""
                        : "containerd kept";
            // Pulled images count as cache for the classic builder only in the classic store.
            case Cache.Classic classic -> "overlay2 0";
        };
    }

    /** What is done before there is an engine. */
    static List<String> beforeEngine(BuildPlan plan) {
        return switch (plan.cache()) {
            case Cache.OfBuildKit cache -> BuildKitCommands.beforeEngine(cache);
            case Cache.Classic classic -> List.of();
        };
    }

    /** What the commands of the build use. */
    static List<String> withEngine(BuildPlan plan) {
        return switch (plan.cache()) {
            case Cache.OfBuildKit cache -> BuildKitCommands.withEngine(cache);
            // The classic builder's log has no times: each line gets the moment it came. The log stands at the end of
            // the pipe: bash does not wait for a substitution, and the last lines would be missing when a build fails.
            case Cache.Classic classic ->
                List.of("show() { tee >(cat >&2) | jq --unbuffered -Rc '{time: now, line: .}' >> "
                        + "\"$CODEBUILD_SRC_DIR/results/classic.jsonl\"; }");
        };
    }

    static List<String> build(BuildPlan plan) {
        return switch (plan.cache()) {
            case Cache.OfBuildKit cache -> new BuildKitCommands(plan, cache).build();
            case Cache.Classic(var stages) -> classic(plan, stages);
        };
    }

    /** What is done when the image is there. */
    static List<String> keep(BuildPlan plan) {
        return switch (plan.cache()) {
            case Cache.OfBuildKit cache -> new CacheWriting(plan, cache).commands();
            case Cache.Classic classic -> List.of();
        };
    }

    private static List<String> classic(BuildPlan plan, List<KeptStage<ImageReference>> stages) {
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

    private static String pull(int index, KeptStage<ImageReference> stage) {
        var tries = new ArrayList<String>();
        for (var j = 0; j < stage.from().size(); j++) {
            var from = "\"$SLEDGE_STAGE_" + index + "_FROM_" + j + "\"";
            tries.add(
                    "{ docker pull --quiet " + from + " && docker tag " + from + " \"sledge/cache:" + index + "\"; }");
        }
        tries.add("echo \"no cache image yet for " + name(index, stage) + "\"");
        return String.join(" || ", tries);
    }

    private static String name(int index, KeptStage<ImageReference> stage) {
        return stage.target().isEmpty() ? "the last stage" : "stage $SLEDGE_STAGE_" + index;
    }

    private static String buildStage(BuildPlan plan, List<KeptStage<ImageReference>> stages, int index) {
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

    static List<String> recipe(BuildPlan plan) {
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
            case Cache.Classic(var stages) -> {
                targets(environment, stages);
                stages(environment, stages);
            }
            case Cache.OfBuildKit cache -> {
                target(environment, "SLEDGE_TARGET", plan.recipe().target());
                if (BuildKitCommands.livesForOneBuild(cache)) {
                    environment.put(
                            ENGINE_MEBIBYTES, String.valueOf(plan.experience().engineMebibytes()));
                }
                ofBuildKit(environment, cache);
            }
        }
        return environment;
    }

    private static void ofBuildKit(Map<String, String> environment, Cache.OfBuildKit cache) {
        switch (cache) {
            case Cache.Registry(var from, var to) -> scopes(environment, from, to);
            case Cache.Layout(var from, var to) -> scopes(environment, from, to);
            case Cache.Inline(var stages) -> ofStages(environment, stages, CacheWriting.isAny(cache));
            case Cache.Tarball(var stages) -> ofStages(environment, stages, CacheWriting.isAny(cache));
            case Cache.Host host -> {}
            case Cache.None none -> {}
        }
    }

    private static void scopes(Map<String, String> environment, List<?> from, List<?> to) {
        number(environment, "SLEDGE_CACHE_FROM_", from);
        number(environment, "SLEDGE_CACHE_TO_", to);
    }

    /** A stage's name is read only by the commands that write its cache. */
    private static void ofStages(
            Map<String, String> environment, List<? extends KeptStage<?>> stages, boolean isWritten) {
        if (isWritten) {
            targets(environment, stages);
        }
        stages(environment, stages);
    }

    private static void stages(Map<String, String> environment, List<? extends KeptStage<?>> stages) {
        for (var i = 0; i < stages.size(); i++) {
            number(environment, "SLEDGE_STAGE_" + i + "_FROM_", stages.get(i).from());
            number(environment, "SLEDGE_STAGE_" + i + "_TO_", stages.get(i).to());
        }
    }

    private static void targets(Map<String, String> environment, List<? extends KeptStage<?>> stages) {
        for (var i = 0; i < stages.size(); i++) {
            target(environment, "SLEDGE_STAGE_" + i, stages.get(i).target());
        }
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
