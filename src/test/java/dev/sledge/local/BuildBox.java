package dev.sledge.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A container of the build image with an engine inside, and a directory of the test at {@code /cases}. */
final class BuildBox {
    private BuildBox() {}

    /**
     * Runs a script to its end; its engine answers from the first line on.
     *
     * @param images of the engine outside that the one inside is to have, too
     */
    static void run(Path directory, List<String> images, String script) {
        var environment = System.getenv();
        var cache = CacheDirectory.of(environment);
        var scripts = Scripts.install(cache);
        try (var engine = DockerEngine.up(cache, scripts, environment, what -> {})) {
            var image = scripts.run(engine.environment(), what -> {}, "local/images.sh", "build-image")
                    .getLast();
            for (var each : images) provide(engine, scripts, each, directory.resolve("images.tar"));
            var command = new ArrayList<>(List.of("run", "--rm", "--init"));
            command.addAll(LocalBuilds.privileges(engine, image));
            command.add("--volume=" + directory + ":/cases");
            var load = images.isEmpty() ? "" : "docker load --quiet --input /cases/images.tar > /dev/null\n";
            command.addAll(List.of(
                    image,
                    "bash",
                    "-c",
                    "set -eu\nstart-engine containerd\n" + load + script + "\nchmod -R a+rwX /cases\n"));
            var answer = engine.tryDocker(command.toArray(String[]::new));
            if (answer.status() != 0) throw new AssertionError("status " + answer.status() + ": " + answer.output());
        }
    }

    private static void provide(DockerEngine engine, Scripts scripts, String image, Path file) {
        var environment = new java.util.HashMap<>(Map.copyOf(System.getenv()));
        environment.putAll(engine.environment());
        scripts.run(environment, what -> {}, "local/images.sh", "base", image);
        engine.docker("save", "--output", file.toString(), image);
    }
}
