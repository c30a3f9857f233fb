package dev.sledge.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lambda's side of a function: hands one event to the runtime that asks for it, and takes its answer. Asked for another, it is silent, as
 * Lambda is while nothing happens. A snapshot is taken and restored in no time.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {
    private static final String PATH = "/2018-06-01/runtime/";
    private static final JsonMapper JSON = new JsonMapper();
    private static final int SECONDS = 60;

    private final HttpServer server;
    private final byte[] event;
    private final String request = UUID.randomUUID().toString();
    private final AtomicBoolean handed = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(1);

    private record Answer(String kind, String body) {}

    RuntimeApi(JsonNode event) throws IOException {
        this.event = event.toString().getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(PATH, this::answer);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().substring(PATH.length());
            if (path.equals("restore/next")) {
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            if (path.equals("invocation/next")) {
                next(exchange);
                return;
            }
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var isResponse = path.equals("invocation/" + request + "/response");
            answers.add(new Answer(isResponse ? "response" : path, body));
            exchange.sendResponseHeaders(202, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        if (!handed.compareAndSet(false, true)) {
            closed.await();
            return;
        }
        var deadline = Instant.now().plusSeconds(SECONDS).toEpochMilli();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", request);
        exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", String.valueOf(deadline));
        exchange.getResponseHeaders()
                .set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:f:live");
        exchange.sendResponseHeaders(200, event.length);
        exchange.getResponseBody().write(event);
    }

    /** What the function answered. */
    JsonNode await() throws IOException, InterruptedException {
        var answer = answers.poll(SECONDS, TimeUnit.SECONDS);
        if (answer == null) {
            throw new IOException("the function answered nothing in " + SECONDS + " seconds");
        }
        if (!answer.kind().equals("response")) {
            throw new IOException("the function failed, " + answer.kind() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
