package dev.sledge.render;

import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import dev.sledge.plan.Cache.StageFile;
import dev.sledge.plan.Cache.StageImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The docker commands of a build by BuildKit. The image comes first, the cache after it: writing it delays nobody, may take its time and
 * no more, and fails no build. A cache that breaks the build that reads it is left out, and the build done again.
 */
record BuildKitCommands(BuildPlan plan, Cache.OfBuildKit cache) {
    /** Of the agent's commands, which the buildspec is written for. */
    private static final String AGENT = "sledge-agent 1 ";

    private static final int SECONDS_TO_KEEP = 600;
    private static final String RESULTS = "\"$CODEBUILD_SRC_DIR/results/";
    private static final String KEEP_LOG = RESULTS + "keep.jsonl\"";

    /** Where files of stages are unpacked: on the engine's own disk. */
    private static final String STAGES = "/var/lib/docker/sledge/";

    /**
     * An engine with the classic image store, as AWS's images have it, exports no cache: there a builder of its own does.
     *
     * @see <a href="https://docs.docker.com/build/cache/backends/">cache backends</a>
     */
    private static final String BUILDER =
            "docker info --format '{{.DriverStatus}}' | grep io.containerd.snapshotter > /dev/null"
                    + " || docker buildx create --use --driver docker-container --driver-opt network=host";

    /** What is done before there is an engine. */
    static List<String> beforeEngine(Cache.OfBuildKit cache) {
        return cache instanceof Cache.Layout
                ? List.of(AGENT + "layout \"$SLEDGE_CACHE_ROOT/layout\" " + Cache.Layout.PORT + " & agent=$!")
                : List.of();
    }

    /** What is done once there is an engine. */
    static List<String> withEngine(Cache.OfBuildKit cache) {
        var commands = new ArrayList<String>();
        if (exports(cache)) {
            commands.add(BUILDER);
        }
        commands.add(show());
        if (reads(cache)) {
            commands.add(CACHE_FAILED);
        }
        if (writes(cache)) {
            commands.add(RAN);
            commands.add(NOT_KEPT);
        }
        if (cache instanceof Cache.Tarball) {
            commands.add(LOAD);
        }
        return commands;
    }

    private static boolean exports(Cache.OfBuildKit cache) {
        return switch (cache) {
            case Cache.Registry registry -> true;
            case Cache.Layout layout -> true;
            case Cache.Tarball tarball -> true;
            case Cache.Inline inline -> false;
            case Cache.Host host -> false;
            case Cache.None none -> false;
        };
    }

    private static boolean reads(Cache.OfBuildKit cache) {
        return switch (cache) {
            case Cache.Registry(var from, var to) -> !from.isEmpty();
            case Cache.Layout(var from, var to) -> !from.isEmpty();
            case Cache.Inline inline -> true;
            case Cache.Tarball tarball -> true;
            case Cache.Host host -> false;
            case Cache.None none -> false;
        };
    }

    static boolean writes(Cache.OfBuildKit cache) {
        return switch (cache) {
            case Cache.Registry(var from, var to) -> !to.isEmpty();
            case Cache.Layout(var from, var to) -> !to.isEmpty();
            case Cache.Inline(var stages) -> !stages.getLast().to().isEmpty();
            case Cache.Tarball(var stages) -> !stages.getLast().to().isEmpty();
            case Cache.Host host -> false;
            case Cache.None none -> false;
        };
    }

    /**
     * Keeps the build's log for the record and shows a person what happens. The sed keeps lines of JSON, which begin with a quote or a bracket:
     * after a failure BuildKit adds lines of plain text.
     */
    private static String show() {
        return """
                show() {
                  tee "$CODEBUILD_SRC_DIR/results/buildkit.jsonl" | sed -un '/^ *[]["{}]/p' | jq --unbuffered -rj '
                    (.vertexes[]? | select(.error | not) | if .cached then "=> CACHED \\(.name)\\n"
                      elif .completed then "=> DONE \\(.name)\\n"
                      elif .started then "=> \\(.name)\\n" else empty end),
                    (.logs[]?.data | @base64d),
                    (.vertexes[]? | select(.error) | "=> ERROR \\(.name)\\n\\(.error)\\n")'
                }""";
    }

    /** A failed command, a missing file or image, a mistake in the Dockerfile: the cache has no part in these. */
    private static final String CACHE_FAILED = """
            cache_failed() {
              cd "$CODEBUILD_SRC_DIR/results"
              ! grep -qE 'did not complete successfully|failed to calculate checksum|parse error|failed to resolve source' buildkit.jsonl \\
                && mv buildkit.jsonl buildkit-1.jsonl && echo "building again without the cache"
              local status=$?
              cd "$OLDPWD"
              return "$status"
            }""";

    /** Whether the image was built and a step ran for it: else there is nothing new to keep. */
    private static final String RAN = """
            ran() {
              [ "$CODEBUILD_BUILD_SUCCEEDING" = 1 ] && jq -se '[.[].vertexes[]? | select(.completed and (.name | test("[0-9]/[0-9]+\\\\] (RUN|COPY|ADD|WORKDIR) ")))]
                | group_by(.digest) | any(all(.cached | not))' "$CODEBUILD_SRC_DIR/results/buildkit.jsonl" > /dev/null
            }""";

    private static final String NOT_KEPT = """
            not_kept() {
              echo "{\\"not_kept\\":$1}" >> "$CODEBUILD_SRC_DIR/results/keep.jsonl"
              echo "the cache was not written"
            }""";

    /** The first of several files that is there, unpacked into a directory of its own. */
    private static final String LOAD = """
            load() {
              local directory=/var/lib/docker/sledge/$1 file
              mkdir -p "$directory"
              shift
              for file; do
                if sledge-agent 1 get "$SLEDGE_CACHE_ROOT/tarball/$file" | zstd -dq | tar -xC "$directory"; then return; fi
                rm -rf "$directory"/*
              done
            }""";

    List<String> build() {
        var commands = new ArrayList<String>();
        if (cache instanceof Cache.Layout) {
            commands.add("wait \"$agent\" || echo \"the cache cannot be served\"");
        }
        if (reads(cache)) {
            commands.addAll(cached(cache));
        }
        commands.add(imageFunction());
        commands.add(reads(cache) ? "image || { cache_failed && cached=() && image; }" : "image");
        return commands;
    }

    /** Sets the array of options by which the cache is read. */
    private static List<String> cached(Cache.OfBuildKit cache) {
        return switch (cache) {
            case Cache.Registry(var from, var to) -> List.of(cachedAt(registries(from.size())));
            case Cache.Layout(var from, var to) -> List.of(cachedAt(registries(from.size())));
            case Cache.Inline(var stages) -> List.of(cachedAt(stageRegistries(stages)));
            case Cache.Tarball(var stages) -> loads(stages);
            case Cache.Host host -> List.of();
            case Cache.None none -> List.of();
        };
    }

    private static String cachedAt(List<String> references) {
        var lines = new ArrayList<String>();
        lines.add("cached=(");
        references.forEach(reference -> lines.add("  --cache-from \"type=registry,ref=" + reference + "\""));
        lines.add(")");
        return String.join("\n", lines);
    }

    private static List<String> registries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "$SLEDGE_CACHE_FROM_" + i)
                .toList();
    }

    private static List<String> stageRegistries(List<StageImage> stages) {
        var references = new ArrayList<String>();
        for (var i = 0; i < stages.size(); i++) {
            for (var j = 0; j < stages.get(i).from().size(); j++) {
                references.add("$SLEDGE_STAGE_" + i + "_FROM_" + j);
            }
        }
        return references;
    }

    private static List<String> loads(List<StageFile> stages) {
        var loads = new StringBuilder();
        for (var i = 0; i < stages.size(); i++) {
            loads.append("load ").append(i);
            for (var j = 0; j < stages.get(i).from().size(); j++) {
                loads.append(" \"$SLEDGE_STAGE_")
                        .append(i)
                        .append("_FROM_")
                        .append(j)
                        .append('"');
            }
            loads.append(" & ");
        }
        return List.of("cached=()", loads + "wait", """
                for index in %s*/index.json; do
                  [ ! -e "$index" ] || cached+=(--cache-from "type=local,src=${index%%/*},digest=$(jq -r '.manifests[0].digest' "$index")")
                done""".formatted(STAGES));
    }

    /** The image, or for whom none is pushed, all that it would have taken. */
    private String imageFunction() {
        var lines = new ArrayList<String>();
        lines.add("  docker buildx build --progress=rawjson --provenance=false");
        if (plan.pushes()) {
            lines.add("    --output \"type=image,name=$SLEDGE_IMAGE:$SLEDGE_TAG," + PUSHED + "\"");
        } else {
            lines.add("    --output type=cacheonly");
        }
        if (reads(cache)) {
            lines.add("    \"${cached[@]}\"");
        }
        if (!plan.recipe().target().isEmpty()) {
            lines.add("    --target \"$SLEDGE_TARGET\"");
        }
        recipe().forEach(line -> lines.add("  " + line));
        lines.add("    " + DockerCommands.CONTEXT + " 2>&1 | show");
        return "image() {\n" + String.join(" \\\n", lines) + "\n}";
    }

    /**
     * Pushed by the builder, and not taken into the engine's own store: that would fetch and unpack every layer of the image, though nothing
     * runs it. {@code push=} is the builder's way to say yes; with {@code true} buildx looks for the image in the engine to push it again.
     */
    private static final String PUSHED = "push=,store=false";

    /** What writes the cache, when the image is there. */
    List<String> keep() {
        return switch (cache) {
            case Cache.Registry(var from, var to) -> exported(to.size());
            case Cache.Layout(var from, var to) -> exported(to.size());
            case Cache.Inline(var stages) ->
                IntStream.range(0, stages.size())
                        .filter(i -> !stages.get(i).to().isEmpty())
                        .mapToObj(i -> kept(i, stages.get(i).target(), inlineImage(i)))
                        .toList();
            case Cache.Tarball(var stages) ->
                IntStream.range(0, stages.size())
                        .filter(i -> !stages.get(i).to().isEmpty())
                        .mapToObj(i -> file(i, stages.get(i).target()))
                        .toList();
            case Cache.Host host -> List.of();
            case Cache.None none -> List.of();
        };
    }

    private List<String> exported(int to) {
        return IntStream.range(0, to)
                .mapToObj(i -> {
                    var lines = new ArrayList<>(List.of(
                            "! ran || timeout " + SECONDS_TO_KEEP
                                    + " docker buildx build --progress=rawjson --provenance=false --output type=cacheonly \"${cached[@]}\"",
                            "  --cache-to \"type=registry,ref=$SLEDGE_CACHE_TO_" + i
                                    + ",mode=max,image-manifest=true,oci-mediatypes=true\""));
                    if (!plan.recipe().target().isEmpty()) {
                        lines.add("  --target \"$SLEDGE_TARGET\"");
                    }
                    lines.addAll(recipe());
                    lines.add("  " + DockerCommands.CONTEXT + " >> " + KEEP_LOG + " 2>&1 || not_kept $?");
                    return String.join(" \\\n", lines);
                })
                .toList();
    }

    private static List<String> inlineImage(int stage) {
        return List.of(
                "--output \"type=image,name=$SLEDGE_STAGE_" + stage + "_TO_0," + PUSHED + "\"",
                ">> " + KEEP_LOG + " 2>&1");
    }

    private String kept(int stage, String target, List<String> where) {
        return "! ran || timeout " + SECONDS_TO_KEEP + " " + stageBuild(stage, target, where) + " || not_kept $?";
    }

    /** The mark at the end tells the agent that nothing broke on the way: what has none is not stored. */
    private String file(int stage, String target) {
        var build = stageBuild(stage, target, List.of("--output type=oci,dest=-", "2>> " + KEEP_LOG));
        return "! ran || { timeout " + SECONDS_TO_KEEP + " " + build
                + " | zstd -qT0 -1 && printf sledge:end; } \\\n  | " + AGENT
                + "put \"$SLEDGE_CACHE_ROOT/tarball/$SLEDGE_STAGE_" + stage + "_TO_0\" || not_kept $?";
    }

    private String stageBuild(int stage, String target, List<String> where) {
        var lines = new ArrayList<>(List.of(
                "docker buildx build --progress=rawjson --provenance=false \"${cached[@]}\"",
                "  --cache-to type=inline " + where.getFirst()));
        if (!target.isEmpty()) {
            lines.add("  --target \"$SLEDGE_STAGE_" + stage + "\"");
        }
        lines.addAll(recipe());
        lines.add("  " + DockerCommands.CONTEXT + " " + where.getLast());
        return String.join(" \\\n", lines);
    }

    private List<String> recipe() {
        return DockerCommands.recipe(plan);
    }
}
