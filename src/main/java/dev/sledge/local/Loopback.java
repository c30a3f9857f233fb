package dev.sledge.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Ports of this machine's loopback as Unix sockets in a directory, {@code <port>.sock}, which a container can mount: so that
 * {@code 127.0.0.1:<port>} means the same inside and outside, and nothing listens on any other address.
 *
 * <p>Its threads are the system's own: of virtual ones as few run at a time as there are processors, and whoever reads a pipe in one keeps
 * it, so that two silent processes would stop every connection on a machine with two processors.
 */
final class Loopback implements AutoCloseable {
    private final Path directory;
    private final Map<Integer, ServerSocketChannel> servers = new HashMap<>();

    private Loopback(Path directory) {
        this.directory = directory;
    }

    static Loopback open() {
        try {
            // A socket's path may have 107 characters: not every cache directory leaves room for that.
            return new Loopback(Files.createTempDirectory("sledge-loopback-"));
        } catch (IOException e) {
            throw new LocalServiceException("no directory for sockets can be made", e);
        }
    }

    Path directory() {
        return directory;
    }

    /** Shows a port of a service that is as near as it is. */
    void expose(int port) {
        expose(port, Optional.empty());
    }

    /** Shows a port. One may be shown again: the machine gives a port that was given up to somebody else. */
    synchronized void expose(int port, Optional<Distance> distance) {
        if (servers.containsKey(port)) {
            return;
        }
        try {
            var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(directory.resolve(port + ".sock")));
            servers.put(port, server);
            Thread.ofPlatform().daemon().name("loopback-" + port).start(() -> accept(server, port, distance));
        } catch (IOException e) {
            throw new LocalServiceException("loopback port " + port + " cannot be shown to builds", e);
        }
    }

    private static void accept(ServerSocketChannel server, int port, Optional<Distance> distance) {
        try {
            while (true) {
                var inside = server.accept();
                Thread.ofPlatform().daemon().start(() -> connect(inside, port, distance));
            }
        } catch (IOException e) {
            // Closed: nobody connects any more.
        }
    }

    private static void connect(SocketChannel inside, int port, Optional<Distance> distance) {
        try (inside;
                var outside = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            var pace = distance.map(Pace::new);
            var there = Thread.ofPlatform()
                    .daemon()
                    .start(() -> copy(inside, outside, count -> pace.ifPresent(Pace::asked)));
            copy(outside, inside, count -> pace.ifPresent(of -> of.answered(count)));
            there.join();
        } catch (IOException e) {
            // The service is gone; closing the connection tells the build.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(SocketChannel from, SocketChannel to, IntConsumer before) {
        var buffer = ByteBuffer.allocateDirect(256 * 1024);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                before.accept(buffer.remaining());
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (ClosedChannelException e) {
            // The other direction has failed and closed both.
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is of no use either way.
        }
    }

    @Override
    public synchronized void close() {
        try {
            for (var server : servers.values()) {
                server.close();
            }
            try (var sockets = Files.list(directory)) {
                for (var socket : sockets.toList()) {
                    Files.delete(socket);
                }
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new LocalServiceException("the sockets in " + directory + " cannot be removed", e);
        }
    }
}
