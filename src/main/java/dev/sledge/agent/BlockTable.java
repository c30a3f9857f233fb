package dev.sledge.agent;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * The SHA-256 of each block of an image, in order: what is fetched of it can be checked without the rest. The last block may be shorter.
 */
final class BlockTable {
    /** Bytes of a block: large enough that a build's few hundred of them are few requests, small enough that a build fetches little in vain. */
    static final int BLOCK = 256 << 10;

    private static final int DIGEST = 32;

    /** 32 bytes a block. */
    private final byte[] digests;

    private final ContentDigest digest;

    private BlockTable(byte[] digests) {
        if (digests.length == 0 || digests.length % DIGEST != 0) {
            throw new IllegalArgumentException(digests.length + " bytes are no table of digests");
        }
        this.digests = digests;
        this.digest = ContentDigest.of(digests);
    }

    /** @throws IllegalArgumentException if the text is none of {@link #text} */
    static BlockTable parse(String text) {
        return new BlockTable(Base64.getDecoder().decode(text));
    }

    /** Of all that a stream has, and of nothing else. */
    static BlockTable of(InputStream content) throws IOException {
        var table = new byte[0];
        var used = 0;
        var algorithm = ContentDigest.algorithm();
        for (var block = content.readNBytes(BLOCK); block.length > 0; block = content.readNBytes(BLOCK)) {
            if (used == table.length) {
                table = Arrays.copyOf(table, Math.max(DIGEST << 6, table.length * 2));
            }
            System.arraycopy(algorithm.digest(block), 0, table, used, DIGEST);
            used += DIGEST;
        }
        return new BlockTable(Arrays.copyOf(table, used));
    }

    int blocks() {
        return digests.length / DIGEST;
    }

    /** Whether a block is what it was when the image was made. */
    boolean isBlock(int index, byte[] content, int from, int length) {
        var algorithm = ContentDigest.algorithm();
        algorithm.update(content, from, length);
        return MessageDigest.isEqual(
                algorithm.digest(), Arrays.copyOfRange(digests, index * DIGEST, (index + 1) * DIGEST));
    }

    /** The digest of the table, by which the image is called: who has it can check every block. */
    ContentDigest digest() {
        return digest;
    }

    /** In base64. */
    String text() {
        return Base64.getEncoder().encodeToString(digests);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockTable table && Arrays.equals(digests, table.digests);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digests);
    }

    @Override
    public String toString() {
        return blocks() + " blocks, " + digest();
    }
}
