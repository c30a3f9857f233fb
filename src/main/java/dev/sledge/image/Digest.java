package dev.sledge.image;

import java.util.regex.Pattern;

/**
 * The content address of a manifest or blob: {@code sha256:} and 64 lowercase hex digits.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests">OCI digests</a>
 */
public record Digest(String value) {
    private static final Pattern SHA256 = Pattern.compile("sha256:[0-9a-f]{64}");

    public Digest {
        if (!SHA256.matcher(value).matches()) {
            throw new IllegalArgumentException("digest '" + value + "' must be sha256: and 64 lowercase hex digits");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
