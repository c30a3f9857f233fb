package dev.sledge.render;

import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How a build writes its cache: by itself, when the image is there, within some minutes or not at all. */
record CacheWriting(BuildPlan plan, Cache.OfBuildKit cache) {
    static final int SECONDS = 600;
    private static final String KEPT = "$CODEBUILD_SRC_DIR/cache";
    static final String LOG = "\"$CODEBUILD_SRC_DIR/results/keep.jsonl\"";

    /** Whether anything is written. */
    static boolean isAny(Cache.OfBuildKit cache) {
        return switch (cache) {
            case Cache.Registry(var from, var to) -> !to.isEmpty();
            case Cache.Layout(var from, var to) -> !to.isEmpty();
            case Cache.Inline(var stages) -> !stages.getLast().to().isEmpty();
            case Cache.Tarball(var from, var to) -> !to.isEmpty();
            case Cache.Frozen(var from, var to, var beneath) -> !to.isEmpty() || isAny(beneath);
            case Cache.Host host -> false;
            case Cache.None none -> false;
        };
    }

    /** The commands, when the image is there. */
    List<String> commands() {
        return switch (cache) {
            case Cache.Registry(var from, var to) -> exported(to.size());
            case Cache.Layout(var from, var to) -> exported(to.size());
            case Cache.Inline(var stages) ->
                IntStream.range(0, stages.size())
                        .filter(i -> !stages.get(i).to().isEmpty())
                        .mapToObj(i -> kept(i, stages.get(i).target(), inlineImage(i)))
                        .toList();
            case Cache.Tarball(var from, var to) -> file(to.size());
            case Cache.Frozen frozen ->
                Stream.concat(
                                new CacheWriting(plan, frozen.beneath()).commands().stream(),
                                new FrozenCommands(frozen).freeze().stream())
                        .toList();
            case Cache.Host host -> List.of();
            case Cache.None none -> List.of();
        };
    }

    private List<String> exported(int to) {
        return IntStream.range(0, to)
                .mapToObj(i -> {
                    var lines = new ArrayList<>(
                            List.of(
                                    "! ran || { exported \"$SLEDGE_CACHE_TO_" + i + "\"; twice timeout "
                                            + SECONDS
                                            + " docker buildx build --progress=rawjson --provenance=false \"${cached[@]}\" \"${export[@]}\""));
                    lines.addAll(wholeImage());
                    lines.add("  " + DockerCommands.CONTEXT + "; } || not_kept $?");
                    return String.join(" \\\n", lines);
                })
                .toList();
    }

    private static String inlineImage(int stage) {
        return "--output \"type=image,name=$SLEDGE_STAGE_" + stage + "_TO_0," + "$pushed\"";
    }

    private String kept(int stage, String target, String image) {
        var name = target.isEmpty() ? "''" : "\"$SLEDGE_STAGE_" + stage + "\"";
        return "! ran || stage " + name + " " + stageBuild(stage, target, image) + " || not_kept $?";
    }

    /** The mark at the end tells the agent that nothing broke on the way: what has none is not stored. */
    private List<String> file(int to) {
        return IntStream.range(0, to)
                .mapToObj(i -> {
                    var lines = new ArrayList<>(List.of(
                            "! ran || { timeout " + SECONDS
                                    + " docker buildx build --progress=rawjson --provenance=false \"${cached[@]}\" --output type=cacheonly",
                            "  --cache-to \"type=local,dest=" + KEPT + ",mode=max,compression=zstd\""));
                    lines.addAll(wholeImage());
                    lines.add("  " + DockerCommands.CONTEXT + " >> " + LOG + " 2>&1");
                    return String.join(" \\\n", lines) + " \\\n  && { tar -cC \"" + KEPT
                            + "\" . && printf sledge:end; } | "
                            + BuildKitCommands.AGENT + "put \"$SLEDGE_CACHE_ROOT/$SLEDGE_CACHE_TO_" + i
                            + "\"; } || not_kept $?";
                })
                .toList();
    }

    private List<String> wholeImage() {
        var lines = new ArrayList<String>();
        if (!plan.recipe().target().isEmpty()) {
            lines.add("  --target \"$SLEDGE_TARGET\"");
        }
        lines.addAll(DockerCommands.recipe(plan));
        return lines;
    }

    private String stageBuild(int stage, String target, String image) {
        var lines = new ArrayList<>(List.of(
                "docker buildx build --progress=rawjson --provenance=false \"${cached[@]}\"",
                "  --cache-to type=inline " + image));
        if (!target.isEmpty()) {
            lines.add("  --target \"$SLEDGE_STAGE_" + stage + "\"");
        }
        lines.addAll(DockerCommands.recipe(plan));
        lines.add("  " + DockerCommands.CONTEXT);
        return String.join(" \\\n", lines);
    }
}
