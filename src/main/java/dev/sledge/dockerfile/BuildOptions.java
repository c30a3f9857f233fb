package dev.sledge.dockerfile;

import dev.sledge.image.Platform;
import java.util.HashMap;
import java.util.Map;

/**
 * What {@code docker build} is told beside the Dockerfile.
 *
 * @param arguments values of {@code --build-arg} by name
 * @param target name of the stage to build in any case, or its index; empty for the last
 * @param platform what the image is for
 * @param buildPlatform what the builder runs on
 */
public record BuildOptions(Map<String, String> arguments, String target, Platform platform, Platform buildPlatform) {
    /** No arguments, the last stage, built on and for {@code linux/amd64}. */
    public static final BuildOptions DEFAULT =
            new BuildOptions(Map.of(), "", Platform.LINUX_AMD64, Platform.LINUX_AMD64);

    public BuildOptions {
        arguments = Map.copyOf(arguments);
    }

    public BuildOptions withArgument(String name, String value) {
        var more = new HashMap<>(arguments);
        more.put(name, value);
        return new BuildOptions(more, target, platform, buildPlatform);
    }

    public BuildOptions withTarget(String stage) {
        return new BuildOptions(arguments, stage, platform, buildPlatform);
    }

    /** Builds for {@code other} on the same builder, as {@code --platform} does. */
    public BuildOptions withPlatform(Platform other) {
        return new BuildOptions(arguments, target, other, buildPlatform);
    }
}
