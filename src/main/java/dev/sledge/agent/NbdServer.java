package dev.sledge.agent;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A disk as a network block device that only this machine reaches, by a Unix socket: one export, without a name, read only, by as many
 * connections as a client likes.
 *
 * @see <a href="https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md">the protocol</a>
 */
final class NbdServer implements AutoCloseable {
    private final Path path;
    private final ServerSocketChannel socket;
    private final BlockDisk disk;
    private final Consumer<IOException> refused;

    private NbdServer(Path path, ServerSocketChannel socket, BlockDisk disk, Consumer<IOException> refused) {
        this.path = path;
        this.socket = socket;
        this.disk = disk;
        this.refused = refused;
    }

    /**
     * Serves from now on.
     *
     * @param path of the socket, some 100 characters at most
     * @param refused is told once for each read that the disk refuses, before the client is: who reads gets an error then
     */
    static NbdServer start(Path path, BlockDisk disk, Consumer<IOException> refused) throws IOException {
        var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(path));
        var server = new NbdServer(path, socket, disk, refused);
        Thread.ofPlatform().daemon().name("nbd").start(server::accept);
        return server;
    }

    /** Of the socket. */
    Path path() {
        return path;
    }

    private void accept() {
        while (socket.isOpen()) {
            try {
                var client = socket.accept();
                Thread.ofPlatform()
                        .daemon()
                        .name("nbd-client")
                        .start(() -> new NbdSession(new NbdConnection(client), disk, refused).run());
            } catch (IOException e) {
                // Closed, or the client is gone again.
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
