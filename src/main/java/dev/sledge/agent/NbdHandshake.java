package dev.sledge.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a client and a server agree on before anything is read: which export it is about, and how large that is.
 *
 * @param connection to the client
 * @param size of the one export, in bytes
 * @see <a href="https://github.com/NetworkBlockDevice/nbd/blob/master/doc/proto.md#newstyle-negotiation">newstyle negotiation</a>
 */
record NbdHandshake(NbdConnection connection, long size) {
    /** Of one read; what the protocol lets every client ask. */
    static final int LONGEST_READ = 32 << 20;

    private static final long GREETING = 0x4e42444d41474943L;
    private static final long OPTION = 0x49484156454F5054L;
    private static final long OPTION_REPLY = 0x3e889045565a9L;

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

    /** Of the server: options can be refused, and there are no zeroes after {@code EXPORT_NAME}. */
    private static final short HANDSHAKE_FLAGS = 0b11;

    /** Of the export: has flags, read only, any number of connections. */
    private static final short EXPORT_FLAGS = 1 | 1 << 1 | 1 << 8;

    /** Of an option's data. */
    private static final int LONGEST_OPTION = 8 << 10;

    /** Whether they agree; false if the client leaves before, or speaks something else. */
    boolean isAgreed() throws IOException {
        connection.write(
                ByteBuffer.allocate(18).putLong(GREETING).putLong(OPTION).putShort(HANDSHAKE_FLAGS));
        var clientFlags = connection.read(4).getInt();
        return negotiated((clientFlags & 0b10) == 0);
    }

    /** Answers options until one begins the transmission; false if the client leaves before. */
    private boolean negotiated(boolean hasZeroes) throws IOException {
        while (true) {
            var head = connection.read(16);
            if (head.getLong() != OPTION) {
                return false;
            }
            var option = head.getInt();
            var length = head.getInt();
            if (length < 0 || length > LONGEST_OPTION) {
                return false;
            }
            var data = connection.read(length);
            switch (option) {
                case EXPORT_NAME -> {
                    if (length > 0) {
                        return false;
                    }
                    connection.write(ByteBuffer.allocate(10 + (hasZeroes ? 124 : 0))
                            .putLong(size)
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
                ByteBuffer.allocate(12).putShort((short) 0).putLong(size).putShort(EXPORT_FLAGS));
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

    private void reply(int option, int type, ByteBuffer data) throws IOException {
        data.flip();
        connection.write(ByteBuffer.allocate(20 + data.remaining())
                .putLong(OPTION_REPLY)
                .putInt(option)
                .putInt(type)
                .putInt(data.remaining())
                .put(data));
    }
}
