package dev.sledge.render;

import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import java.util.ArrayList;
import java.util.List;

/**
 * The docker commands of a build by BuildKit. The image comes first, the cache after it: writing it may take its time and
 * no more, and fails no build. A cache that breaks the build that reads it is left out, and the build done again.
 */
record BuildKitCommands(BuildPlan plan, Cache.OfBuildKit cache) {
    /** Of the agent's commands, which the buildspec is written for. */
    static final String AGENT = "sledge-agent 1 ";

    private static final String HAS_CONTAINERDS_STORE =
            "docker info --format '{{.DriverStatus}}' | grep io.containerd.snapshotter > /dev/null";

    /**
     * An engine with the classic image store, as AWS's images have it, exports no cache: there a builder of its own does. Where none can be
     * started, what the engine can write is written: the layers of the last stage. And where no client speaks BuildKit, the classic builder
     * builds.
     *
     * @see <a href="https://docs.docker.com/build/cache/backends/">cache backends</a>
     */
    private static String found(boolean isBuilderTried) {
        return """
                if ! docker buildx version > /dev/null 2>&1; then exports=none
                elif %s; then exports=all
                else %sexports=inline; fi""".formatted(
                        isBuilderTried ? HAS_CONTAINERDS_STORE + " || builder" : HAS_CONTAINERDS_STORE,
                        isBuilderTried ? "docker buildx use default; " : "");
    }

    /**
     * Pushed by the builder, and not taken into the engine's own store: that would fetch and unpack every layer of the image, though nothing
     * runs it. {@code push=} is the builder's way to say yes; with {@code true} buildx looks for the image in the engine to push it again. The
     * classic store takes every image, and buildx pushes it from there.
     *
     * <p>An image has gzip whatever the cache has: not everything that runs images reads zstd, and which layers came from a cache must not be
     * seen in them.
     */
    private static final String PUSHED =
            "[ \"$exports\" = all ] && pushed=push=,store=false,compression=gzip,force-compression=true || pushed=push=true";

    /** For the choice of later builds. */
    static final String SAYS_WHICH =
            "echo \"{\\\"exports\\\":\\\"$exports\\\"}\" > \"$CODEBUILD_SRC_DIR/results/check.jsonl\"";

    /** What is done before there is an engine. */
    static List<String> beforeEngine(Cache.OfBuildKit cache) {
        return base(cache) instanceof Cache.Layout
                ? List.of(AGENT + "layout \"$SLEDGE_CACHE_ROOT/layout\" " + Cache.Layout.PORT + " & agent=$!")
                : List.of();
    }

    /** What is read and written as a cache: of a frozen engine what is beneath it. */
    private static Cache.OfBuildKit base(Cache.OfBuildKit cache) {
        return cache instanceof Cache.Frozen frozen ? frozen.beneath() : cache;
    }

    /** What is done once there is an engine. */
    List<String> withEngine() {
        var commands = new ArrayList<String>();
        if (exports(cache)) {
            commands.add(ShellFunctions.BUILDER_OF_ITS_OWN);
        }
        if (cache instanceof Cache.Frozen frozen) {
            commands.addAll(new FrozenCommands(frozen).functions());
            // Only one that can write all of a cache is ever frozen; to ask takes a tenth of a second.
            commands.add("if thawed; then exports=all\nelse " + found(exports(cache)) + "\nfi");
        } else {
            commands.add(found(exports(cache)));
        }
        commands.add(PUSHED);
        commands.add(SAYS_WHICH);
        commands.add(ShellFunctions.SHOW);
        commands.add(ShellFunctions.SHOW_CLASSIC);
        if (livesForOneBuild(cache)) {
            commands.add(ShellFunctions.ON_DISK);
        }
        if (new CacheReading(cache).isAny()) {
            if (!(base(cache) instanceof Cache.Tarball)) {
                commands.add(ShellFunctions.ANSWERS);
            }
            commands.add(ShellFunctions.WAITS_FOR);
            commands.add(ShellFunctions.UNLESS_IT_HANGS);
            commands.add(ShellFunctions.FAILED_BY_ITSELF);
            commands.add(ShellFunctions.CACHE_FAILED);
            commands.add(ShellFunctions.WAITS_NO_MORE);
        }
        if (CacheWriting.isAny(cache) || !plan.mounts().to().isEmpty()) {
            commands.add(ShellFunctions.RAN);
            if (base(cache) instanceof Cache.Registry || base(cache) instanceof Cache.Layout) {
                commands.add(ShellFunctions.EXPORTED);
                commands.add(ShellFunctions.TWICE);
            }
            if (base(cache) instanceof Cache.Inline) {
                commands.add(ShellFunctions.STAGE);
            }
            commands.add(ShellFunctions.NOT_KEPT);
        }
        return commands;
    }

    /** Else the next build may find what the engine knows. */
    static boolean livesForOneBuild(Cache.OfBuildKit cache) {
        return switch (cache) {
            case Cache.Registry registry -> true;
            case Cache.Layout layout -> true;
            case Cache.Tarball tarball -> true;
            case Cache.Inline inline -> true;
            case Cache.Frozen frozen -> true;
            case Cache.Host host -> false;
            case Cache.None none -> true;
        };
    }

    private static boolean exports(Cache.OfBuildKit cache) {
        return switch (cache) {
            case Cache.Registry registry -> true;
            case Cache.Layout layout -> true;
            case Cache.Tarball tarball -> true;
            case Cache.Inline inline -> false;
            case Cache.Frozen frozen -> true;
            case Cache.Host host -> false;
            case Cache.None none -> false;
        };
    }

    List<String> build() {
        var commands = new ArrayList<String>();
        if (base(cache) instanceof Cache.Layout) {
            commands.add("wait \"$agent\" || echo \"the cache cannot be served\"");
        }
        commands.addAll(new MountKeeping(plan).before());
        var reading = new CacheReading(cache);
        commands.addAll(reading.options());
        commands.add(imageFunction());
        commands.add(classicFunction());
        var tries = new ArrayList<String>();
        tries.add("image");
        if (cache instanceof Cache.Frozen) {
            tries.add("{ lost && image; }");
            tries.add("{ on_disk && { ! thawed || { forget; beneath; }; } && image; }");
        } else if (livesForOneBuild(cache)) {
            tries.add("{ on_disk && image; }");
        }
        if (reading.isAny()) {
            tries.add("{ cache_failed && waits_no_more && cached=() && image; }");
        }
        commands.add(String.join(" || ", tries));
        return commands;
    }

    /** The image, or for whom none is pushed, all that it would have taken. */
    private String imageFunction() {
        var isRead = new CacheReading(cache).isAny();
        var lines = new ArrayList<String>();
        lines.add((isRead ? "  unless_it_hangs " : "  ") + "docker buildx build --progress=rawjson --provenance=false");
        if (plan.pushes()) {
            lines.add("    --output \"type=image,name=$SLEDGE_IMAGE:$SLEDGE_TAG,$pushed\"");
        } else {
            lines.add("    --output type=cacheonly");
        }
        if (isRead) {
            lines.add("    \"${cached[@]}\"");
        }
        if (!plan.recipe().target().isEmpty()) {
            lines.add("    --target \"$SLEDGE_TARGET\"");
        }
        DockerCommands.recipe(plan).forEach(line -> lines.add("  " + line));
        lines.add("    " + DockerCommands.CONTEXT + " 2>&1 | show");
        return "image() {\n" + String.join(" \\\n", lines) + "\n}";
    }

    /** The image without BuildKit, and so without a cache: said, so that the next build has one. */
    private String classicFunction() {
        var lines = new ArrayList<String>();
        lines.add("  DOCKER_BUILDKIT=0 docker build --tag sledge/image");
        if (!plan.recipe().target().isEmpty()) {
            lines.add("    --target \"$SLEDGE_TARGET\"");
        }
        DockerCommands.recipe(plan).forEach(line -> lines.add("  " + line));
        lines.add("    " + DockerCommands.CONTEXT + " 2>&1 | show_classic");
        var build = String.join(" \\\n", lines);
        if (plan.pushes()) {
            build +=
                    " \\\n    && docker tag sledge/image \"$SLEDGE_IMAGE:$SLEDGE_TAG\" && docker push --quiet \"$SLEDGE_IMAGE:$SLEDGE_TAG\"";
        }
        var said = isCached() ? "\n  echo '{\"no_buildkit\":true}' >> \"$CODEBUILD_SRC_DIR/results/check.jsonl\"" : "";
        return "[ \"$exports\" != none ] || image() {\n  echo \"this container has no BuildKit (docker buildx): the classic builder builds, without a cache\""
                + said + "\n" + build + "\n}";
    }

    private boolean isCached() {
        return new CacheReading(cache).isAny() || CacheWriting.isAny(cache);
    }
}
