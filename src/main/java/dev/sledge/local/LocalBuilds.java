package dev.sledge.local;

import dev.sledge.build.BuildNotStartedException;
import dev.sledge.build.Builds;
import dev.sledge.build.FinishedBuild;
import dev.sledge.build.StartToken;
import dev.sledge.build.StartedBuild;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import dev.sledge.render.RenderedBuild;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    /** What a container needs to run an engine where {@code --privileged} is refused because the machine itself lacks a capability. */
    private static final List<String> NEARLY_PRIVILEGED = List.of(
            "--cap-add=ALL",
            "--cap-drop=SYS_RESOURCE",
            "--security-opt=seccomp=unconfined",
            "--security-opt=apparmor=unconfined",
            "--security-opt=systempaths=unconfined",
            "--device-cgroup-rule=a *:* rwm",
            "--volume=/sys/fs/cgroup:/sys/fs/cgroup");

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
    private final Map<String, BuildContainer> running = new ConcurrentHashMap<>();
    private final Map<String, KeptEngine> kept = new ConcurrentHashMap<>();

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
        this.privileges = privileges(engine, buildImage);
    }

    /** The options of {@code docker run} with which a container of the build image can run an engine. */
    static List<String> privileges(DockerEngine engine, String buildImage) {
        var answer = engine.tryDocker("run", "--rm", "--privileged", buildImage, "true");
        if (answer.status() == 0) {
            return List.of("--privileged");
        }
        if (answer.errors().contains("unable to apply caps")) {
            return NEARLY_PRIVILEGED;
        }
        throw new LocalServiceException("a privileged container cannot be run: " + answer.errors());
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
        var starting = new StartedBuild(project + ":" + UUID.randomUUID(), nextNumber(project));
        var variables = new LinkedHashMap<>(serviceVariables(starting));
        variables.putAll(environment);
        variables.put(
                "SLEDGE_CACHE_ROOT",
                // Nothing here keeps a fork from writing: it is not asked to.
                "s3://" + LocalS3.BUCKET + "/cache/trusted/"
                        + plan.output().image().path());
        variables.putAll(build.environment());
        try {
            var name = "sledge-build-" + starting.id().substring(project.length() + 1);
            var script = "mkdir -p \"$CODEBUILD_SRC_DIR\" && cd \"$CODEBUILD_SRC_DIR\" && forward-loopback\n"
                    + BuildspecScript.of(Buildspec.parse(build.buildspec()));
            var arguments = arguments(variables);
            if (plan.cache() instanceof Cache.Host) {
                KeptEngine.take(cache, plan.output().image().path()).ifPresent(engine -> {
                    kept.put(starting.id(), engine);
                    arguments.add("--volume=" + engine.volume() + ":/var/lib/docker");
                });
            }
            running.put(
                    starting.id(),
                    BuildContainer.start(engine, name, arguments, buildImage, script, variables, narrator));
            return starting;
        } catch (IOException e) {
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

    /** There is no account here, and the region is this machine. */
    private static String arn(StartedBuild build) {
        return "arn:aws:codebuild:local:000000000000:build/" + build.id();
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
        var container = running.get(build.id());
        if (container != null) {
            container.remove();
        }
    }

    /**
     * Waits for the end of a build that {@link #start} started.
     *
     * @throws IllegalArgumentException if this executor runs no such build
     */
    public FinishedBuild await(StartedBuild started, BuildPlan plan) {
        var container = running.get(started.id());
        if (container == null) {
            throw new IllegalArgumentException("no build " + started.id() + " runs here");
        }
        try {
            return container.await(started, arn(started), plan.timeout());
        } finally {
            running.remove(started.id());
            var engine = kept.remove(started.id());
            if (engine != null) {
                engine.close();
            }
        }
    }

    /** Builds of a project are numbered from 1, also when two processes start one at once. */
    private int nextNumber(String project) {
        Path counter = cache.directory("builds").resolve(project + ".number");
        try (var file = FileChannel.open(
                counter, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Given up when the file is closed.
            file.lock();
            var content = ByteBuffer.allocate(32);
            file.read(content, 0);
            var text = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).strip();
            var number = (text.isEmpty() ? 0 : Integer.parseInt(text)) + 1;
            file.write(ByteBuffer.wrap((number + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
            return number;
        } catch (IOException e) {
            throw new BuildNotStartedException("the build counter " + counter + " cannot be written", e);
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
        running.values().forEach(BuildContainer::remove);
    }
}
