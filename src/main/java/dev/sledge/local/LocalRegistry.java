package dev.sledge.local;

import dev.sledge.image.ImageName;
import dev.sledge.image.ImageTag;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.PlannedImage;
import dev.sledge.registry.OciRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * An OCI registry in a container on a loopback port, its data below the cache directory. Runs at the same time share one, and the last one
 * stops it; it keeps its port from run to run if it can.
 */
final class LocalRegistry implements AutoCloseable {
    private final DockerEngine engine;
    private final Lease lease;
    private final String container;
    private final int port;

    private LocalRegistry(DockerEngine engine, Lease lease, String container, int port) {
        this.engine = engine;
        this.lease = lease;
        this.container = container;
        this.port = port;
    }

    static LocalRegistry start(CacheDirectory cache, Scripts scripts, DockerEngine engine, Narrator narrator) {
        var image = scripts.run(engine.environment(), narrator, "local/images.sh", "registry-image")
                .getLast();
        var data = cache.directory("registry");
        // Named after its data: of two that wrote to one directory, each would clean away what the other is taking in.
        var container = "sledge-registry-" + Integer.toHexString(data.toString().hashCode());
        var lease = Lease.take(cache.root().resolve("registry.users"));
        try {
            var port = started(cache, engine, container, image);
            var registry = new LocalRegistry(engine, lease, container, port);
            registry.awaitAnswer();
            return registry;
        } catch (LocalServiceException e) {
            lease.release(() -> engine.tryDocker("rm", "--force", "--volumes", container));
            throw e;
        }
    }

    /** One run starts it, also if two begin at once. */
    private static synchronized int started(CacheDirectory cache, DockerEngine engine, String container, String image) {
        try (var starting = FileChannel.open(
                cache.root().resolve("registry.starting"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Given up when the file is closed.
            starting.lock();
            return running(engine, container)
                    .orElseGet(
                            () -> run(engine, container, image, cache.directory("registry"), cache.directory("ports")));
        } catch (IOException e) {
            throw new LocalServiceException("the start of the registry cannot be locked: " + e.getMessage(), e);
        }
    }

    /** The port of the registry that another run has started, if it runs. */
    private static Optional<Integer> running(DockerEngine engine, String container) {
        var answer = engine.tryDocker("port", container, "5000/tcp");
        var address = answer.output().lines().findFirst().orElse("");
        return answer.status() == 0 && !address.isEmpty()
                ? Optional.of(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)))
                : Optional.empty();
    }

    private static int run(DockerEngine engine, String container, String image, Path data, Path ports) {
        var port = LoopbackPort.free(ports.resolve("registry"));
        engine.tryDocker("rm", "--force", "--volumes", container);
        engine.docker(
                "run",
                "--detach",
                "--rm",
                "--name",
                container,
                "--user",
                owner(data),
                "--publish",
                "127.0.0.1:" + port + ":5000",
                "--volume",
                data + ":/var/lib/registry",
                image);
        return port;
    }

    private static String owner(Path directory) {
        try {
            return Files.getAttribute(directory, "unix:uid") + ":" + Files.getAttribute(directory, "unix:gid");
        } catch (IOException e) {
            throw new LocalServiceException("the owner of " + directory + " cannot be read", e);
        }
    }

    private void awaitAnswer() {
        var request = HttpRequest.newBuilder(URI.create("http://" + host() + "/v2/"))
                .timeout(Duration.ofSeconds(2))
                .build();
        var http = HttpClient.newHttpClient();
        for (var tries = 0; tries < 600; tries++) {
            try {
                if (http.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
                Thread.sleep(100);
            } catch (IOException e) {
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalServiceException("interrupted while the registry starts", e);
            }
        }
        throw new LocalServiceException("the local registry does not answer on port " + port + ": "
                + engine.tryDocker("logs", "--tail", "3", container).errors());
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As images name it: {@code 127.0.0.1:<port>}. */
    String host() {
        return "127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /**
     * Makes the images that a plan takes from Docker Hub available to its build, as a mirror; those of other registries are left to it.
     *
     * @throws LocalServiceException if one can neither be pulled nor made
     * @throws ImageNotFoundException if one cannot, and a stage may have been meant
     */
    void mirror(Scripts scripts, Narrator narrator, BuildPlan plan) {
        var stored = new OciRegistry("http");
        for (var image : plan.images()) {
            HubImage.parse(image.reference()).ifPresent(hub -> {
                var ours = new ImageName(host(), hub.path()).tagged(new ImageTag(hub.tag()));
                if (stored.find(ours).isEmpty()) {
                    fetch(scripts, narrator, plan.recipe().dockerfile(), image);
                    engine.docker("tag", image.reference(), ours.toString());
                    engine.docker("push", ours.toString());
                }
            });
        }
    }

    private void fetch(Scripts scripts, Narrator narrator, String dockerfile, PlannedImage image) {
        try {
            scripts.run(engine.environment(), narrator, "local/images.sh", "base", image.reference());
        } catch (LocalServiceException e) {
            var what = dockerfile + ":" + image.line() + ": " + e.getMessage();
            if (image.meant().isEmpty()) {
                throw new LocalServiceException(what, e);
            }
            throw new ImageNotFoundException(what + "; did you mean the stage " + image.meant() + "?", e);
        }
    }

    @Override
    public void close() {
        lease.release(() -> engine.tryDocker("rm", "--force", "--volumes", container));
    }
}
