package dev.sledge.agent;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

/** What a client of an {@link NbdServer} is told and asks; several threads may tell it something. */
final class NbdConnection implements AutoCloseable {
    private final SocketChannel client;
    private final ReentrantLock telling = new ReentrantLock();

    NbdConnection(SocketChannel client) {
        this.client = client;
    }

    /** Writes all that was put into a buffer, in one piece. */
    void write(ByteBuffer full) throws IOException {
        full.flip();
        telling.lock();
        try {
            while (full.hasRemaining()) {
                client.write(full);
            }
        } finally {
            telling.unlock();
        }
    }

    /**
     * The next bytes.
     *
     * @throws EOFException if the client leaves before
     */
    ByteBuffer read(int length) throws IOException {
        var buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (client.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
