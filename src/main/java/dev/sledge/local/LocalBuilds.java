package dev.sledge.local;

import dev.sledge.build.BuildNotStartedException;
import dev.sledge.build.Builds;
import dev.sledge.build.CacheFolder;
import dev.sledge.build.FinishedBuild;
import dev.sledge.build.StartToken;
import dev.sledge.build.StartedBuild;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import dev.sledge.render.RenderedBuild;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Builds on this machine: each in a fresh container of the build image, with an engine of its own inside, running the very buildspec that
 * CodeBuild would run.
 */
public final class LocalBuilds implements Builds, AutoCloseable {
    /** How CodeBuild would name what belongs to builds here: there is no account, and the region is this machine. */
    private static final String ARN = "arn:aws:codebuild:local:000000000000:";

    private final DockerEngine engine;
    private final String buildImage;
    private final CacheDirectory cache;
    private final Loopback loopback;
    private final Consumer<BuildPlan> baseImages;
    private final Map<String, String> environment;
    private final EngineState state;
    private final Narrator narrator;
    private final List<String> privileges;
    private final Map<StartToken, StartedBuild> started = new ConcurrentHashMap<>();
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    /** A build's container, and the state of the engine in it where that is kept. */
    private record Running(BuildContainer container, Optional<KeptEngine> kept) {}

    /** Where the engine inside a build container keeps its state; it is gone with the container either way. */
    public sealed interface EngineState {
        record Disk() implements EngineState {}

        /** Memory, with a limit in MiB. */
        record Memory(int mebibytes) implements EngineState {}
    }

    /**
     * @param baseImages makes a plan's images of Docker Hub available to builds, by the names that its Dockerfile uses
     * @param environment what every build gets besides its own: endpoints, credentials, the mirror
     */
    LocalBuilds(
            DockerEngine engine,
            String buildImage,
            CacheDirectory cache,
            Loopback loopback,
            Consumer<BuildPlan> baseImages,
            Map<String, String> environment,
            EngineState state,
            Narrator narrator) {
        this.engine = engine;
        this.buildImage = buildImage;
        this.cache = cache;
        this.loopback = loopback;
        this.baseImages = baseImages;
        this.environment = Map.copyOf(environment);
        this.state = state;
        this.narrator = narrator;
        this.privileges = Privileges.of(engine, buildImage);
    }

    @Override
    public StartedBuild start(BuildPlan plan, RenderedBuild build, StartToken token) {
        var before = started.get(token);
        if (before != null) {
            return before;
        }
        var now = start(plan, build);
        started.put(token, now);
        return now;
    }

    private StartedBuild start(BuildPlan plan, RenderedBuild build) {
        baseImages.accept(plan);
        var project = plan.output().image().path().replace('/', '-');
        var starting = new StartedBuild(
                project + ":" + UUID.randomUUID(), new BuildNumbers(cache.directory("builds")).next(project));
        var variables = new LinkedHashMap<>(serviceVariables(starting));
        variables.putAll(environment);
        variables.put(
                "SLEDGE_CACHE_ROOT",
                // Nothing here keeps a fork from writing: it is not asked to.
                "s3://" + LocalS3.BUCKET + "/" + CacheFolder.of(ARN + "project/" + project));
        variables.putAll(build.environment());
        var name = "sledge-build-" + starting.id().substring(project.length() + 1);
        var script = "mkdir -p \"$CODEBUILD_SRC_DIR\" && cd \"$CODEBUILD_SRC_DIR\" && forward-loopback\n"
                + BuildspecScript.of(Buildspec.parse(build.buildspec()));
        var kept = plan.cache() instanceof Cache.Host
                ? KeptEngine.take(cache, plan.output().image().path())
                : Optional.<KeptEngine>empty();
        var arguments = arguments(variables);
        kept.ifPresent(state -> arguments.add("--volume=" + state.volume() + ":/var/lib/docker"));
        try {
            var container = BuildContainer.start(engine, name, arguments, buildImage, script, variables, narrator);
            running.put(starting.id(), new Running(container, kept));
            return starting;
        } catch (IOException e) {
            kept.ifPresent(KeptEngine::close);
            throw new BuildNotStartedException("the build container could not be started", e);
        }
    }

    /** What CodeBuild tells every build. */
    private static Map<String, String> serviceVariables(StartedBuild build) {
        return Map.of(
                "CI",
                "true",
                "CODEBUILD_CI",
                "true",
                "CODEBUILD_BUILD_ARN",
                arn(build),
                "CODEBUILD_BUILD_ID",
                build.id(),
                "CODEBUILD_BUILD_NUMBER",
                String.valueOf(build.number()),
                "CODEBUILD_SRC_DIR",
                "/codebuild/output/src");
    }

    private static String arn(StartedBuild build) {
        return ARN + "build/" + build.id();
    }

    private List<String> arguments(Map<String, String> variables) {
        var arguments = new ArrayList<>(privileges);
        arguments.add("--volume=" + loopback.directory() + ":/sledge/loopback");
        if (state instanceof EngineState.Memory(var mebibytes)) {
            arguments.add("--mount=type=tmpfs,destination=/var/lib/docker,tmpfs-size=" + mebibytes + "m");
        }
        variables.keySet().forEach(name -> arguments.add("--env=" + name));
        return arguments;
    }

    /** Builds of other processes are unknown: they end with them, and then nobody is left to tell their end. */
    @Override
    public Optional<StartedBuild> find(BuildPlan plan, StartToken token) {
        return Optional.ofNullable(started.get(token)).filter(build -> running.containsKey(build.id()));
    }

    @Override
    public void stop(StartedBuild build) {
        var ours = running.get(build.id());
        if (ours != null) {
            ours.container().remove();
        }
    }

    /**
     * Waits for the end of a build that {@link #start} started.
     *
     * @throws IllegalArgumentException if this executor runs no such build
     */
    public FinishedBuild await(StartedBuild started, BuildPlan plan) {
        var ours = running.get(started.id());
        if (ours == null) {
            throw new IllegalArgumentException("no build " + started.id() + " runs here");
        }
        try {
            return ours.container().await(started, arn(started), plan.timeout());
        } finally {
            running.remove(started.id());
            ours.kept().ifPresent(KeptEngine::close);
        }
    }

    /** Builds on an engine that is never stopped; whoever asks for it closes it. */
    public LastingBuilds lasting(BuildPlan plan) {
        baseImages.accept(plan);
        return new LastingBuilds(engine, buildImage, arguments(Map.of()), environment);
    }

    /** Stops what still runs. */
    @Override
    public void close() {
        running.values().forEach(build -> build.container().remove());
    }
}
