package dev.sledge.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A port of the loopback that leads to a service, with something wrong on the way. What passes are the service's own bytes. */
public final class FaultyPort implements AutoCloseable {
    /** What is wrong with the way there; one of it sees all connections. */
    public interface Fault {
        /**
         * Asked before what a client sent goes on.
         *
         * @param sent what came at once, such as the head of a request
         * @return what the client gets instead of an answer of the service, before it is hung up on; nothing if all goes on
         */
        Optional<String> instead(String sent) throws IOException, InterruptedException;
    }

    private final ServerSocket listening;
    private final int target;
    private final Fault fault;
    private final AtomicInteger struck = new AtomicInteger();

    public FaultyPort(int target, Fault fault) {
        this.target = target;
        this.fault = fault;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** How often the fault stood in for the service. */
    public int struck() {
        return struck.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                var service = new Socket()) {
            service.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            Thread.ofVirtual().start(() -> answers(service, client));
            requests(client.getInputStream(), service.getOutputStream(), client.getOutputStream());
        } catch (IOException e) {
            // Either side hung up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requests(InputStream from, OutputStream to, OutputStream back)
            throws IOException, InterruptedException {
        var buffer = new byte[1 << 16];
        for (var read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            var instead = fault.instead(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
            if (instead.isPresent()) {
                struck.incrementAndGet();
                back.write(instead.get().getBytes(StandardCharsets.UTF_8));
                return;
            }
            to.write(buffer, 0, read);
        }
    }

    private static void answers(Socket service, Socket client) {
        try {
            service.getInputStream().transferTo(client.getOutputStream());
            client.shutdownOutput();
        } catch (IOException e) {
            // Either side hung up.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
