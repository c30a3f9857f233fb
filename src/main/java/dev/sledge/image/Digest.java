package dev.sledge.image;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The content address of a manifest or blob: {@code sha256:} and 64 lowercase hex digits.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests">OCI digests</a>
 */
public record Digest(String value) {
    private static final String ALGORITHM = "sha256:";
    private static final Pattern SHA256 = Pattern.compile("sha256:[0-9a-f]{64}");

    public Digest {
        if (!SHA256.matcher(value).matches()) {
            throw new IllegalArgumentException("digest '" + value + "' must be sha256: and 64 lowercase hex digits");
        }
    }

    /** The digest of the UTF-8 bytes of {@code text}. */
    public static Digest of(String text) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Digest(ALGORITHM + HexFormat.of().formatHex(sha256));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Its 64 hex digits. */
    public String hex() {
        return value.substring(ALGORITHM.length());
    }

    @Override
    public String toString() {
        return value;
    }
}
