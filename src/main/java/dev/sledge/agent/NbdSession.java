package dev.sledge.agent;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** One client of an {@link NbdServer}. Reads are answered as soon as each can be, in whatever order: one that waits holds up none. */
final class NbdSession implements Runnable {
    private static final long GREETING = 0x4e42444d41474943L;
    private static final long OPTION = 0x49484156454F5054L;
    private static final long OPTION_REPLY = 0x3e889045565a9L;
    private static final int REQUEST = 0x25609513;
    private static final int REPLY = 0x67446698;

    private static final int EXPORT_NAME = 1;
    private static final int ABORT = 2;
    private static final int LIST = 3;
    private static final int INFO = 6;
    private static final int GO = 7;

    private static final int ACKNOWLEDGED = 1;
    private static final int SERVER = 2;
    private static final int INFORMATION = 3;
    private static final int UNSUPPORTED = 0x80000001;
    private static final int INVALID = 0x80000003;
    private static final int UNKNOWN = 0x80000006;
    private static final int BLOCK_SIZE = 3;

    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int DISCONNECT = 2;
    private static final int FLUSH = 3;

    private static final int EPERM = 1;
    private static final int EIO = 5;
    private static final int EINVAL = 22;

    /** Of the server: options can be refused, and there are no zeroes after {@code EXPORT_NAME}. */
    private static final short HANDSHAKE_FLAGS = 0b11;

    /** Of the export: has flags, read only, any number of connections. */
    private static final short EXPORT_FLAGS = 1 | 1 << 1 | 1 << 8;

    /** Of an option's data, and of one read; what the protocol lets every client ask. */
    private static final int LONGEST_OPTION = 8 << 10;

    private static final int LONGEST_READ = 32 << 20;

    private final SocketChannel client;
    private final BlockDisk disk;
    private final Consumer<IOException> refused;
    private final ReentrantLock answering = new ReentrantLock();

    NbdSession(SocketChannel client, BlockDisk disk, Consumer<IOException> refused) {
        this.client = client;
        this.disk = disk;
        this.refused = refused;
    }

    @Override
    public void run() {
        try (client;
                var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            write(ByteBuffer.allocate(18).putLong(GREETING).putLong(OPTION).putShort(HANDSHAKE_FLAGS));
            var clientFlags = read(4).getInt();
            if (negotiated((clientFlags & 0b10) == 0)) {
                serve(readers);
            }
        } catch (IOException e) {
            // The client is gone, or speaks something else: it is not answered any more.
            return;
        }
    }

    /** Answers options until one begins the transmission; false if the client leaves before. */
    private boolean negotiated(boolean hasZeroes) throws IOException {
        while (true) {
            var head = read(16);
            if (head.getLong() != OPTION) {
                return false;
            }
            var option = head.getInt();
            var length = head.getInt();
            if (length < 0 || length > LONGEST_OPTION) {
                return false;
            }
            var data = read(length);
            switch (option) {
                case EXPORT_NAME -> {
                    if (length > 0) {
                        return false;
                    }
                    write(ByteBuffer.allocate(10 + (hasZeroes ? 124 : 0))
                            .putLong(disk.size())
                            .putShort(EXPORT_FLAGS)
                            .position(10 + (hasZeroes ? 124 : 0)));
                    return true;
                }
                case ABORT -> {
                    reply(option, ACKNOWLEDGED, ByteBuffer.allocate(0));
                    return false;
                }
                case LIST -> {
                    reply(option, SERVER, ByteBuffer.allocate(4).putInt(0));
                    reply(option, ACKNOWLEDGED, ByteBuffer.allocate(0));
                }
                case INFO, GO -> {
                    if (informed(option, data) && option == GO) {
                        return true;
                    }
                }
                default -> reply(option, UNSUPPORTED, ByteBuffer.allocate(0));
            }
        }
    }

    private boolean informed(int option, ByteBuffer data) throws IOException {
        if (data.remaining() < 4) {
            reply(option, INVALID, ByteBuffer.allocate(0));
            return false;
        }
        if (data.getInt() != 0) {
            reply(
                    option,
                    UNKNOWN,
                    ByteBuffer.wrap("there is one disk, without a name".getBytes(StandardCharsets.UTF_8))
                            .position(33));
            return false;
        }
        reply(
                option,
                INFORMATION,
                ByteBuffer.allocate(12).putShort((short) 0).putLong(disk.size()).putShort(EXPORT_FLAGS));
        reply(
                option,
                INFORMATION,
                ByteBuffer.allocate(14)
                        .putShort((short) BLOCK_SIZE)
                        .putInt(1)
                        .putInt(BlockTable.BLOCK)
                        .putInt(LONGEST_READ));
        reply(option, ACKNOWLEDGED, ByteBuffer.allocate(0));
        return true;
    }

    private void serve(ExecutorService readers) throws IOException {
        while (true) {
            var request = read(28);
            if (request.getInt() != REQUEST) {
                return;
            }
            request.getShort();
            var type = Short.toUnsignedInt(request.getShort());
            var cookie = request.getLong();
            var at = request.getLong();
            var length = request.getInt();
            switch (type) {
                case READ -> {
                    if (length <= 0 || length > LONGEST_READ || at < 0 || at > disk.size() - length) {
                        answer(EINVAL, cookie);
                    } else {
                        readers.execute(() -> read(cookie, at, length));
                    }
                }
                case WRITE -> {
                    if (length < 0 || length > LONGEST_READ) {
                        return;
                    }
                    read(length);
                    answer(EPERM, cookie);
                }
                case DISCONNECT -> {
                    return;
                }
                case FLUSH -> answer(0, cookie);
                default -> answer(EINVAL, cookie);
            }
        }
    }

    private void read(long cookie, long at, int length) {
        try {
            var answer = head(16 + length, 0, cookie);
            disk.read(at, answer);
            write(answer);
        } catch (IOException e) {
            refuse(cookie, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refuse(long cookie, IOException why) {
        refused.accept(why);
        try {
            answer(EIO, cookie);
        } catch (IOException e) {
            // Nobody is there any more to be answered.
            return;
        }
    }

    private void answer(int error, long cookie) throws IOException {
        write(head(16, error, cookie));
    }

    private static ByteBuffer head(int length, int error, long cookie) {
        return ByteBuffer.allocate(length).putInt(REPLY).putInt(error).putLong(cookie);
    }

    private void reply(int option, int type, ByteBuffer data) throws IOException {
        data.flip();
        write(ByteBuffer.allocate(20 + data.remaining())
                .putLong(OPTION_REPLY)
                .putInt(option)
                .putInt(type)
                .putInt(data.remaining())
                .put(data));
    }

    /** All that was put into a buffer, in one piece. */
    private void write(ByteBuffer full) throws IOException {
        full.flip();
        answering.lock();
        try {
            while (full.hasRemaining()) {
                client.write(full);
            }
        } finally {
            answering.unlock();
        }
    }

    private ByteBuffer read(int length) throws IOException {
        var buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (client.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }
}
