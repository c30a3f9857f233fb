package dev.sledge.agent;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** An HTTP server that only this machine reaches. */
record LoopbackServer(HttpServer server) implements AutoCloseable {
    /**
     * Serves from now on what a registry has, {@code /v2/}.
     *
     * @param port on the loopback; 0 for any
     */
    static LoopbackServer start(int port, HttpHandler handler) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v2/", handler);
        server.start();
        return new LoopbackServer(server);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Serves until the process is ended. */
    void serve() throws InterruptedException {
        Thread.currentThread().join();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
