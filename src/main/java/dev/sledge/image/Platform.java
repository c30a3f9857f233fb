package dev.sledge.image;

import java.util.regex.Pattern;

/**
 * An operating system and processor as OCI names them: {@code linux/amd64}, {@code linux/arm/v7}.
 *
 * @param variant empty where the architecture needs none
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">platform</a>
 */
public record Platform(String os, String architecture, String variant) {
    private static final Pattern WORD = Pattern.compile("[a-z0-9_]+");

    public static final Platform LINUX_AMD64 = new Platform("linux", "amd64", "");
    public static final Platform LINUX_ARM64 = new Platform("linux", "arm64", "");

    public Platform {
        if (!WORD.matcher(os).matches()
                || !WORD.matcher(architecture).matches()
                || !(variant.isEmpty() || WORD.matcher(variant).matches())) {
            throw new IllegalArgumentException(
                    "platform '" + os + "/" + architecture + "/" + variant + "' must be os/architecture[/variant]");
        }
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
