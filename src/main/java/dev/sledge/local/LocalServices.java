package dev.sledge.local;

import dev.sledge.aws.S3Results;
import dev.sledge.build.Bucket;
import dev.sledge.build.SharedFiles;
import dev.sledge.plan.Destination;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * All that builds on this machine need: the engine, the build image, a registry and an S3 server, both on the loopback. What this starts it
 * stops again when it is closed, in any case and in reverse order.
 */
public final class LocalServices implements AutoCloseable {
    private static final int SECONDS_TO_END = 20;

    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final Scripts scripts;
    private final Narrator narrator;
    private final DockerEngine engine;
    private final LocalRegistry registry;
    private final int s3Port;
    private final S3Client s3;
    private final SharedFiles shared;
    private final Loopback loopback;
    private final LocalBuilds builds;
    private final Thread onInterrupt;
    private final ReentrantLock work = new ReentrantLock();
    private volatile boolean interrupted;

    /**
     * Starts everything.
     *
     * @param environment of the process: where the cache directory is, which engine to use; {@code SLEDGE_BUILD_IMAGE} is the container of
     *     builds where it is not {@code infra/build-image}
     * @throws LocalServiceException if something is missing that cannot be set up; nothing is left running then
     */
    public LocalServices(Map<String, String> environment, LocalBuilds.EngineState state, Narrator narrator) {
        this.narrator = narrator;
        this.scripts = Scripts.install(environment);
        this.onInterrupt = new Thread(this::interrupt);
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        var cache = CacheDirectory.of(environment);
        try {
            engine = closing(DockerEngine.up(scripts, environment, narrator));
            var ofTheirs = Optional.ofNullable(environment.get("SLEDGE_BUILD_IMAGE"));
            var buildImage = ofTheirs.orElseGet(() -> engine.buildImage(narrator));
            registry = closing(LocalRegistry.start(cache, scripts, engine, narrator));
            var localS3 = closing(LocalS3.start(cache));
            s3Port = localS3.port();
            s3 = closing(localS3.client());
            shared = shared(environment);
            loopback = closing(Loopback.open());
            loopback.expose(registry.port());
            loopback.expose(localS3.port(), Distance.ofS3(environment));
            var variables = Map.of(
                    "AWS_ENDPOINT_URL",
                    "http://127.0.0.1:" + localS3.port(),
                    "AWS_ACCESS_KEY_ID",
                    localS3.accessKey(),
                    "AWS_SECRET_ACCESS_KEY",
                    localS3.secretKey(),
                    "AWS_DEFAULT_REGION",
                    "us-east-1",
                    "AWS_REGION",
                    "us-east-1",
                    "SLEDGE_REGISTRY_MIRROR",
                    "http://" + registry.host());
            builds = closing(new LocalBuilds(
                    engine,
                    buildImage,
                    cache,
                    loopback,
                    plan -> registry.mirror(scripts, narrator, plan),
                    variables,
                    state,
                    narrator));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What runs on this machine share, whether these services run or not. */
    public static SharedFiles shared(Map<String, String> environment) {
        return new LockedFiles(CacheDirectory.of(environment).directory("shared"));
    }

    private <T extends AutoCloseable> T closing(T service) {
        synchronized (toClose) {
            toClose.push(service);
        }
        if (interrupted) {
            throw interruption();
        }
        return service;
    }

    public LocalBuilds builds() {
        return builds;
    }

    public DockerEngine engine() {
        return engine;
    }

    public Destination destination() {
        return new Destination(registry.host(), "sledge");
    }

    public Bucket bucket() {
        return new Bucket(new S3Results(s3, LocalS3.BUCKET), shared, "s3://" + LocalS3.BUCKET);
    }

    /** Where the S3 server answers on the loopback. */
    int s3Port() {
        return s3Port;
    }

    /** Lets builds reach a service on this machine's loopback under the same port. */
    public void expose(int port) {
        loopback.expose(port);
    }

    /**
     * Does what needs these services to its end: if the process is interrupted meanwhile, its builds are stopped, and the rest only when
     * what became of them is written down.
     *
     * @throws LocalServiceException if the process was interrupted; there is nobody left to tell the result to
     */
    public <T> T undisturbed(Supplier<T> task) {
        work.lock();
        try {
            var result = task.get();
            if (interrupted) {
                throw interruption();
            }
            return result;
        } finally {
            work.unlock();
        }
    }

    private static LocalServiceException interruption() {
        return new LocalServiceException("interrupted");
    }

    private void interrupt() {
        interrupted = true;
        narrator.say("interrupted; stopping what was started");
        scripts.stop();
        synchronized (toClose) {
            if (toClose.peek() instanceof LocalBuilds running) {
                running.close();
            }
        }
        try {
            if (work.tryLock(SECONDS_TO_END, TimeUnit.SECONDS)) {
                work.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    @Override
    public void close() {
        scripts.stop();
        synchronized (toClose) {
            while (!toClose.isEmpty()) {
                try {
                    toClose.pop().close();
                } catch (Exception e) { // each is stopped, whatever became of the others
                    narrator.say("could not be stopped: " + e.getMessage());
                }
            }
        }
        if (Thread.currentThread() != onInterrupt) {
            removeHook();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // The machine is shutting down: the hook runs or has run.
        }
    }
}
