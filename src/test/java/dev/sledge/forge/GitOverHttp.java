package dev.sledge.forge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The repositories below a directory, served by git's own {@code http-backend}.
 *
 * @see <a href="https://git-scm.com/docs/git-http-backend">git http-backend</a>
 */
final class GitOverHttp implements AutoCloseable {
    private final Path root;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> authorizations = new ArrayList<>();

    GitOverHttp(Path root) throws IOException {
        this.root = root;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    List<String> authorizations() {
        synchronized (authorizations) {
            return List.copyOf(authorizations);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            synchronized (authorizations) {
                authorizations.add(header(exchange, "Authorization"));
            }
            var backend = new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
            var environment = backend.environment();
            environment.put("GIT_PROJECT_ROOT", root.toString());
            environment.put("GIT_HTTP_EXPORT_ALL", "1");
            environment.put("REQUEST_METHOD", exchange.getRequestMethod());
            environment.put("PATH_INFO", exchange.getRequestURI().getPath());
            environment.put(
                    "QUERY_STRING",
                    Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""));
            environment.put("CONTENT_TYPE", header(exchange, "Content-Type"));
            environment.put("HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding"));
            environment.put("GIT_PROTOCOL", header(exchange, "Git-Protocol"));
            var process = backend.start();
            try (var in = process.getOutputStream()) {
                exchange.getRequestBody().transferTo(in);
            }
            answer(exchange, process.getInputStream().readAllBytes());
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    /** What a CGI program answers: headers, an empty line, the body. */
    private static void answer(HttpExchange exchange, byte[] output) throws IOException {
        var text = new String(output, StandardCharsets.ISO_8859_1);
        var end = text.indexOf("\r\n\r\n");
        var status = 200;
        for (var line : text.substring(0, end).split("\r\n", -1)) {
            var colon = line.indexOf(':');
            var value = line.substring(colon + 1).strip();
            if (line.startsWith("Status:")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(line.substring(0, colon), value);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        new ByteArrayInputStream(output, end + 4, output.length - end - 4).transferTo(exchange.getResponseBody());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
