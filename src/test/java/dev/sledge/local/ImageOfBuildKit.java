package dev.sledge.local;

import dev.sledge.Shell;
import java.util.List;

/** What buildx asks for when it makes a builder of its own; compiled where it cannot be pulled. */
public final class ImageOfBuildKit {
    public static final String NAME = "moby/buildkit:buildx-stable-1";

    private ImageOfBuildKit() {}

    /** Makes sure that the engine has it. */
    public static void make(LocalServices services) {
        var compiled = Shell.run(List.of("bash", "-c", "infra/local/buildkit.sh 2> target/buildkit-install.log"), "");
        if (compiled.status() != 0) {
            throw new IllegalStateException("BuildKit could not be made; see target/buildkit-install.log");
        }
        Scripts.install(System.getenv())
                .run(
                        services.engine().environment(),
                        what -> {},
                        "local/images.sh",
                        "image",
                        NAME,
                        compiled.output().strip());
    }
}
