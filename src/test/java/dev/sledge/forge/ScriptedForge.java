package dev.sledge.forge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A forge that answers what it was told to, each request in its turn, and remembers what it was asked. */
public final class ScriptedForge implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Deque<Scene>> scenes = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();

    /** One request as it came. */
    public record Asked(String line, Map<String, List<String>> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name, List.of("none")).getFirst();
        }
    }

    /** What is answered. */
    @FunctionalInterface
    public interface Scene {
        void play(HttpExchange exchange) throws IOException;
    }

    public ScriptedForge() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /**
     * Teaches it an answer.
     *
     * @param line method, path and query: {@code GET /api/v1/repos/o/n?x=y}; the last answer to it is given again and again
     */
    public ScriptedForge on(String line, Scene... answers) {
        synchronized (scenes) {
            scenes.computeIfAbsent(line, none -> new ArrayDeque<>()).addAll(List.of(answers));
        }
        return this;
    }

    public static Scene json(String body) {
        return answer(200, Map.of("Content-Type", "application/json"), body);
    }

    public static Scene status(int status) {
        return answer(status, Map.of(), "{\"message\":\"scripted\"}");
    }

    public static Scene answer(int status, Map<String, String> headers, String body) {
        return exchange -> {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    public List<Asked> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            synchronized (asked) {
                asked.add(new Asked(line, Map.copyOf(exchange.getRequestHeaders()), body));
            }
            next(line).play(exchange);
        }
    }

    private Scene next(String line) {
        synchronized (scenes) {
            var left = scenes.get(line);
            if (left == null) {
                return status(404);
            }
            return left.size() > 1 ? left.remove() : left.element();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
