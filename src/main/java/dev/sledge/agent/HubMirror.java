package dev.sledge.agent;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A mirror of Docker Hub's official images on the loopback, for an engine that knows its mirrors by their host alone: what it asks for is
 * asked of a registry that has them below a path, with a login. Layers come from where that registry says, without passing through here. What
 * is not there the engine gets from Docker Hub itself.
 *
 * @see <a href="https://docs.docker.com/docker-hub/image-library/mirror/">mirrors of Docker Hub</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache.html">pull through cache</a>
 */
final class HubMirror implements AutoCloseable {
    private static final Pattern OFFICIAL =
            Pattern.compile("/v2(?<path>/library/[a-z0-9._-]+/(manifests|blobs)/[\\w.:-]+)");
    private static final int PATIENCE = 10_000;

    private final URI upstream;
    private final DockerLogins logins;
    private final Consumer<String> faults;
    private final LoopbackServer server;

    /**
     * Serves from now on.
     *
     * @param upstream the registry and the path in it that images lie below, {@code https://HOST/PATH}
     * @param port on the loopback; 0 for any
     * @param faults hears what the registry refused, in words
     */
    HubMirror(URI upstream, DockerLogins logins, int port, Consumer<String> faults) throws IOException {
        this.upstream = upstream;
        this.logins = logins;
        this.faults = faults;
        server = LoopbackServer.start(port, this::handle);
    }

    int port() {
        return server.port();
    }

    /** Serves until the process is ended. */
    void serve() throws InterruptedException {
        server.serve();
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var official = OFFICIAL.matcher(path);
            if (path.equals("/v2/")) {
                exchange.sendResponseHeaders(200, -1);
            } else if (official.matches() && List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
                pass(exchange, official.group("path"));
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        } catch (IOException e) {
            faults.accept("a base image could not be had of " + upstream.getHost() + ": " + e.getMessage());
            throw e;
        }
    }

    private void pass(HttpExchange exchange, String path) throws IOException {
        var connection = ask(exchange, path);
        try {
            var status = connection.getResponseCode();
            if (status >= 400) {
                faults.accept(
                        upstream.getHost() + " answered " + status + " to " + path + "; Docker Hub is asked instead");
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            for (var header : List.of("Content-Type", "Docker-Content-Digest", "Location", "Content-Length")) {
                var value = connection.getHeaderField(header);
                if (value != null) {
                    exchange.getResponseHeaders().set(header, value);
                }
            }
            var hasBody = status == 200 && exchange.getRequestMethod().equals("GET");
            exchange.sendResponseHeaders(status, hasBody ? connection.getContentLengthLong() : -1);
            if (hasBody) {
                connection.getInputStream().transferTo(exchange.getResponseBody());
            }
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection ask(HttpExchange exchange, String path) throws IOException {
        var prefix = upstream.getPath() == null ? "" : upstream.getPath();
        var address = URI.create(upstream.getScheme() + "://" + upstream.getAuthority() + "/v2" + prefix + path);
        if (!(address.toURL().openConnection() instanceof HttpURLConnection connection)) {
            throw new IOException(address + " is no HTTP");
        }
        connection.setRequestMethod(exchange.getRequestMethod());
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(PATIENCE);
        // The first time an image is asked for, it is fetched from upstream meanwhile.
        connection.setReadTimeout(6 * PATIENCE);
        exchange.getRequestHeaders()
                .getOrDefault("Accept", List.of())
                .forEach(type -> connection.addRequestProperty("Accept", type));
        logins.authorization(upstream.getAuthority())
                .ifPresent(login -> connection.setRequestProperty("Authorization", login));
        return connection;
    }
}
