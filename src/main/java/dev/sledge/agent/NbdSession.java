package dev.sledge.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * One client of an {@link NbdServer}. Reads are answered as soon as each can be, in whatever order: one that waits holds up none.
 *
 * @param refused is told of a read that the disk refuses before the client is
 */
record NbdSession(NbdConnection connection, BlockDisk disk, Consumer<IOException> refused) implements Runnable {
    private static final int REQUEST = 0x25609513;
    private static final int REPLY = 0x67446698;

    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int DISCONNECT = 2;
    private static final int FLUSH = 3;

    private static final int EPERM = 1;
    private static final int EIO = 5;
    private static final int EINVAL = 22;

    @Override
    public void run() {
        try (connection;
                var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            if (new NbdHandshake(connection, disk.size()).isAgreed()) {
                serve(readers);
            }
        } catch (IOException e) {
            // The client is gone, or speaks something else: it is not answered any more.
            return;
        }
    }

    private void serve(ExecutorService readers) throws IOException {
        while (true) {
            var request = connection.read(28);
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
                    if (length <= 0 || length > NbdHandshake.LONGEST_READ || at < 0 || at > disk.size() - length) {
                        answer(EINVAL, cookie);
                    } else {
                        readers.execute(() -> read(cookie, at, length));
                    }
                }
                case WRITE -> {
                    if (length < 0 || length > NbdHandshake.LONGEST_READ) {
                        return;
                    }
                    connection.read(length);
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
            connection.write(answer);
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
        connection.write(head(16, error, cookie));
    }

    private static ByteBuffer head(int length, int error, long cookie) {
        return ByteBuffer.allocate(length).putInt(REPLY).putInt(error).putLong(cookie);
    }
}
