package dev.sledge.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * CodeBuild's control plane over HTTP, for what no emulator has: idempotency, precedence of overrides, quotas. Every request that it gets
 * and every answer that it gives is held to AWS's own model of the service; what is wrong with either is kept and answered with 400.
 */
public final class CodeBuildDouble implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ServiceModel model;
    private final CodeBuildState state;
    private final List<String> faults = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final List<Trouble> troubles = new ArrayList<>();

    /** What goes wrong with the next call of an operation. */
    private record Trouble(String operation, Kind kind, String error, String message) {
        enum Kind {
            REFUSED,
            /** The call is done, and nobody hears of it. */
            ANSWER_LOST
        }
    }

    public CodeBuildDouble(ServiceModel model, CodeBuildState state) throws IOException {
        this.model = model;
        this.state = state;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next call of {@code operation} is answered with an error, and changes nothing. */
    public void refuseNext(String operation, String error, String message) {
        troubles.add(new Trouble(operation, Trouble.Kind.REFUSED, error, message));
    }

    /** The next call of {@code operation} is done, and answered with an error of the server. */
    public void loseNextAnswer(String operation) {
        troubles.add(new Trouble(operation, Trouble.Kind.ANSWER_LOST, "InternalFailure", "lost"));
    }

    /** What was wrong with requests and answers by AWS's own model. */
    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** The operations that were called, in their order. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            var operation = target.substring(target.indexOf('.') + 1);
            var request = JSON.readTree(exchange.getRequestBody());
            try {
                answer(exchange, 200, done(target, operation, request));
            } catch (Refusal e) {
                var json = JSON.createObjectNode().put("__type", e.type).put("message", e.getMessage());
                answer(exchange, e.type.equals("InternalFailure") ? 500 : 400, json);
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, JsonNode json) throws IOException {
        var body = json.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private synchronized JsonNode done(String target, String operation, JsonNode request) throws Refusal {
        calls.add(operation);
        if (!target.equals(model.targetPrefix() + "." + operation)) {
            faults.add("no service has the target " + target);
        }
        var wrong = model.faultsOfRequest(operation, request);
        if (!wrong.isEmpty()) {
            faults.addAll(wrong);
            throw new Refusal("InvalidInputException", wrong.getFirst());
        }
        var trouble = next(operation);
        if (trouble != null && trouble.kind() == Trouble.Kind.REFUSED) {
            throw new Refusal(trouble.error(), trouble.message());
        }
        ObjectNode answer;
        try {
            answer = state.call(operation, request);
        } catch (Refusal e) {
            if (!model.errors(operation).contains(e.type)) {
                faults.add(operation + " is not said to answer " + e.type);
            }
            throw e;
        }
        faults.addAll(model.faultsOfAnswer(operation, answer));
        if (trouble != null) {
            throw new Refusal(trouble.error(), trouble.message());
        }
        return answer;
    }

    private @Nullable Trouble next(String operation) {
        for (var trouble : troubles) {
            if (trouble.operation().equals(operation)) {
                troubles.remove(trouble);
                return trouble;
            }
        }
        return null;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** An error of the service. */
    public static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final String type;

        Refusal(String type, String message) {
            super(message);
            this.type = type;
        }
    }
}
