package dev.sledge.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sledge.webhook.Answer;
import dev.sledge.webhook.Body;
import dev.sledge.webhook.HttpRequest;
import dev.sledge.webhook.WebhookRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** An HTTP server that hands every request to a receiver and sends its answer back; a body is never read past what a delivery may have. */
public final class WebhookServer implements AutoCloseable {
    private static final int CONNECTIONS = 256;
    private static final int LARGE_AT_ONCE = 8;
    private static final int LARGE = 1 << 20;
    private static final int SECONDS_TO_END = 10;
    private static final int SECONDS_TO_SEND = 30;
    private static final int DRAINED = 64 << 20;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Semaphore largeBodies = new Semaphore(LARGE_AT_ONCE);
    private final int largest;
    private final Function<HttpRequest, Answer> receiver;

    private WebhookServer(HttpServer server, int largest, Function<HttpRequest, Answer> receiver) {
        this.server = server;
        // A thread each: whoever sends slowly keeps nobody else from being heard.
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.largest = largest;
        this.receiver = receiver;
    }

    /**
     * Starts to listen.
     *
     * @param address port 0 takes one that is free
     * @param largest body that is read, in bytes; what is longer is handed on cut to one byte more
     * @throws LocalServiceException if the port is taken or not allowed
     */
    public static WebhookServer start(InetSocketAddress address, int largest, Function<HttpRequest, Answer> receiver) {
        // Read when the class is first used: whoever sends a byte a minute must not keep a connection.
        System.setProperty("jdk.httpserver.maxConnections", String.valueOf(CONNECTIONS));
        System.setProperty("sun.net.httpserver.maxReqTime", String.valueOf(SECONDS_TO_SEND));
        // A body that is too long is read away up to here, or its sender would see a broken connection instead of the
        // answer.
        System.setProperty("sun.net.httpserver.drainAmount", String.valueOf(DRAINED));
        System.setProperty("sun.net.httpserver.maxRspTime", String.valueOf(SECONDS_TO_SEND));
        try {
            var http = HttpServer.create(address, 0);
            var server = new WebhookServer(http, largest, receiver);
            http.setExecutor(server.threads);
            http.createContext("/", server::handle);
            http.start();
            return server;
        } catch (IOException e) {
            throw new LocalServiceException(
                    "cannot listen on " + address.getHostString() + " port " + address.getPort() + ": " + e.getMessage()
                            + "; choose another with --port",
                    e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = body(exchange.getRequestBody());
            var request = new HttpRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    new WebhookRequest(exchange.getRequestHeaders(), body));
            send(exchange, receiver.apply(request));
        }
    }

    /** Many small bodies at once, and few large ones: what all of them take is bounded. */
    private Body body(InputStream in) throws IOException {
        var start = in.readNBytes(Math.min(LARGE, largest + 1));
        if (start.length < LARGE) {
            return new Body(start);
        }
        largeBodies.acquireUninterruptibly();
        try {
            var whole = new ByteArrayOutputStream(2 * LARGE);
            whole.write(start);
            whole.write(in.readNBytes(largest + 1 - start.length));
            return new Body(whole.toByteArray());
        } finally {
            largeBodies.release();
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        var bodiless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : bytes.length);
        if (!bodiless) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Takes no more requests, and ends when those that are being answered are, after some seconds in any case. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            // The server itself would wait all of the time where a connection is kept open.
            if (!threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
    }
}
