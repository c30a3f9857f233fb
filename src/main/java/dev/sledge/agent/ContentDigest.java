package dev.sledge.agent;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What content is called by itself.
 *
 * @param hex of its SHA-256, 64 digits
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md#digests">digests</a>
 */
record ContentDigest(String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final String ALGORITHM = "sha256:";

    ContentDigest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("'" + hex + "' is no SHA-256");
        }
    }

    /** Whether a text of the distribution protocol names a digest rather than a tag. */
    static boolean is(String text) {
        return text.startsWith(ALGORITHM)
                && HEX.matcher(text.substring(ALGORITHM.length())).matches();
    }

    /** @throws IllegalArgumentException if it is no {@code sha256:<hex>} */
    static ContentDigest parse(String text) {
        if (!is(text)) {
            throw new IllegalArgumentException("'" + text + "' is no digest");
        }
        return new ContentDigest(text.substring(ALGORITHM.length()));
    }

    static ContentDigest of(byte[] content) {
        return of(algorithm(), content);
    }

    private static ContentDigest of(MessageDigest algorithm, byte[] content) {
        return new ContentDigest(HexFormat.of().formatHex(algorithm.digest(content)));
    }

    /** Of what was fed to {@link #algorithm}. */
    static ContentDigest of(MessageDigest fed) {
        return new ContentDigest(HexFormat.of().formatHex(fed.digest()));
    }

    static MessageDigest algorithm() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return ALGORITHM + hex;
    }
}
