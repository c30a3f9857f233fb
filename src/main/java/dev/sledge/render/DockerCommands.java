package dev.sledge.render;

import dev.sledge.image.ImageReference;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import dev.sledge.plan.Cache.KeptStage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The docker commands of a build, one way for each kind of cache. */
final class DockerCommands {
    /** With its dot no directory's name can be read as an option, as stdin ({@code -}) or as a remote ({@code github.com/…}). */
    static final String CONTEXT = "\"./$SLEDGE_CONTEXT\"";

    /** What has BuildKit now is not asked for more: the next build that uses it finds out. */
    private static final String BUILDKIT_APPEARED =
            "docker buildx version > /dev/null 2>&1 && exports=all || exports=none";

    private DockerCommands() {}

    /** What {@code start-engine} is told: the image store, and how large the engine's state may get, in MiB. */
    static String engine(BuildPlan plan) {
        return switch (plan.cache()) {
            case Cache.OfBuildKit cache ->
                BuildKitCommands.livesForOneBuild(cache)
                        ? "containerd \"$" + CommandVariables.ENGINE_MEBIBYTES + "\"" + thaw(cache)
                        : "containerd kept";
            // Pulled images count as cache for the classic builder only in the classic store.
            case Cache.Classic classic -> "overlay2 0";
        };
    }

    private static String thaw(Cache.OfBuildKit cache) {
        return cache instanceof Cache.Frozen frozen ? " " + new FrozenCommands(frozen).thaw() : "";
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
            case Cache.OfBuildKit cache -> new BuildKitCommands(plan, cache).withEngine();
            case Cache.Classic classic ->
                List.of(BUILDKIT_APPEARED, BuildKitCommands.SAYS_WHICH, ShellFunctions.SHOW_CLASSIC);
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
            case Cache.OfBuildKit cache ->
                Stream.of(new CacheWriting(plan, cache).commands(), new MountKeeping(plan).after())
                        .flatMap(List::stream)
                        .toList();
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
            tries.add("{ timeout " + CacheWriting.SECONDS + " docker pull --quiet " + from + " && docker tag " + from
                    + " \"sledge/cache:" + index + "\"; }");
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
        lines.add("  " + CONTEXT + " 2>&1 | show_classic");
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
}
