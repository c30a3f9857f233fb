package dev.sledge.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A stream whose writer says at its end that it is whole. A pipe ends in the same way when what fills it has died, and half a cache must
 * not take the place of a whole one.
 */
final class MarkedStream extends InputStream {
    /** Stands behind the last byte of the content. */
    static final String MARK = "sledge:end";

    private static final byte[] MARK_BYTES = MARK.getBytes(StandardCharsets.US_ASCII);

    private final PushbackInputStream in;
    private final byte[] ahead = new byte[1 << 16];
    private boolean ended;
    private boolean marked;

    MarkedStream(InputStream in) {
        this.in = new PushbackInputStream(in, MARK_BYTES.length);
    }

    /**
     * To be asked when the stream has ended.
     *
     * @throws IOException if its writer did not say that it is whole
     */
    void checkEnd() throws IOException {
        if (!marked) {
            throw new IOException("what was to be stored broke off; nothing is stored");
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** So many bytes at its end may be the mark that they are kept back until there are more. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (ended) {
            return -1;
        }
        var wanted = Math.min(ahead.length, length + MARK_BYTES.length);
        var got = in.readNBytes(ahead, 0, wanted);
        if (got == wanted) {
            in.unread(ahead, got - MARK_BYTES.length, MARK_BYTES.length);
            return give(into, offset, got - MARK_BYTES.length);
        }
        ended = true;
        var content = got - MARK_BYTES.length;
        marked = content >= 0 && Arrays.equals(ahead, content, got, MARK_BYTES, 0, MARK_BYTES.length);
        return content > 0 ? give(into, offset, content) : -1;
    }

    private int give(byte[] into, int offset, int length) {
        System.arraycopy(ahead, 0, into, offset, length);
        return length;
    }
}
