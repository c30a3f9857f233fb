package dev.sledge.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Containers of builds as old machines have them, with Debian's engine 20.10 in it. */
public final class OldContainer {
    private static final Path DOCKERFILE = Path.of("src/test/resources/engines/Dockerfile");
    private static final Path OURS = Path.of("infra/build-image");
    private static final String PLUGIN = "/usr/libexec/docker/cli-plugins/docker-buildx";

    private OldContainer() {}

    /**
     * Makes it, once.
     *
     * @param environment of the process
     * @param context an empty directory
     * @param withBuildx whether a client for the BuildKit in its engine is there
     * @return the image
     */
    public static String image(Map<String, String> environment, Path context, boolean withBuildx) throws IOException {
        Files.copy(DOCKERFILE, context.resolve("Dockerfile"));
        for (var script : List.of("start-engine", "engine-state", "forward-loopback")) {
            Files.copy(OURS.resolve(script), context.resolve(script));
        }
        var plugins = Files.createDirectory(context.resolve("plugins"));
        var scripts = Scripts.install(environment);
        try (var engine = DockerEngine.up(scripts, environment, what -> {})) {
            if (withBuildx) {
                var ours = engine.buildImage(what -> {});
                var container = engine.docker("create", ours);
                engine.docker("cp", container + ":" + PLUGIN, plugins.toString());
                engine.docker("rm", "--volumes", container);
            }
            return scripts.run(
                            engine.environment(),
                            what -> {},
                            "local/images.sh",
                            "built",
                            "sledge/old-build",
                            context.toString())
                    .getLast();
        }
    }
}
