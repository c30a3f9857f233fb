package dev.sledge.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A container of a web service, reachable on a loopback port of its own. */
public final class WebContainer implements AutoCloseable {
    private static final int SECONDS_TO_START = 90;

    private final DockerEngine engine;
    private final String id;
    private final String address;

    private WebContainer(DockerEngine engine, String id, String address) {
        this.engine = engine;
        this.id = id;
        this.address = address;
    }

    /**
     * Starts {@code image}.
     *
     * @param port that the service listens on inside
     */
    public static WebContainer run(DockerEngine engine, String image, int port) {
        engine.docker("pull", "--quiet", image);
        var id = engine.docker("run", "--detach", "--rm", "--publish", "127.0.0.1::" + port, image);
        var address =
                engine.docker("port", id, port + "/tcp").lines().findFirst().orElseThrow();
        return new WebContainer(engine, id, address);
    }

    /**
     * Asks for a path, again and again until the service has started.
     *
     * @return the body of its answer
     * @throws LocalServiceException if it does not answer within 90 seconds
     */
    public String get(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://" + address + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        var http = HttpClient.newHttpClient();
        for (var tries = 0; tries < SECONDS_TO_START * 4; tries++) {
            try {
                return http.send(request, BodyHandlers.ofString()).body();
            } catch (IOException e) {
                // Not yet: a service needs some seconds to start.
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalServiceException("interrupted while the container starts", e);
            }
        }
        throw new LocalServiceException("the container does not answer on " + address + ": " + logs());
    }

    private String logs() {
        var logs = engine.tryDocker("logs", "--tail", "5", id);
        return (logs.output() + " " + logs.errors()).strip();
    }

    private static void pause() {
        try {
            Thread.sleep(250);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        engine.tryDocker("rm", "--force", "--volumes", id);
    }
}
