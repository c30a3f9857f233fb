package dev.sledge.local;

import dev.sledge.render.RenderedBuild;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Builds in one container, one after the other, whose engine is never stopped: what builds on empty machines are compared with. */
public final class LastingBuilds implements AutoCloseable {
    private static final int LAST_WORDS = 20;

    private final DockerEngine engine;
    private final String name = "sledge-lasting-" + UUID.randomUUID();
    private final Map<String, String> environment;

    LastingBuilds(DockerEngine engine, String buildImage, List<String> arguments, Map<String, String> environment) {
        this.engine = engine;
        this.environment = Map.copyOf(environment);
        var command = new ArrayList<>(List.of("run", "--detach", "--rm", "--init", "--name", name));
        command.addAll(arguments);
        command.addAll(List.of(buildImage, "sleep", "infinity"));
        engine.docker(command.toArray(String[]::new));
    }

    /**
     * Runs a build.
     *
     * @return how long its commands took
     * @throws LocalServiceException with its last words, if it fails
     */
    public Duration run(RenderedBuild build) {
        // Each work tree is served at a port of its own.
        engine.docker("exec", name, "forward-loopback");
        var variables = new TreeMap<>(environment);
        variables.putAll(build.environment());
        var command = new ArrayList<>(List.of("exec", "--workdir", "/tmp"));
        variables.keySet().forEach(variable -> command.add("--env=" + variable));
        command.addAll(List.of(name, "bash", "-c", BuildspecScript.of(Buildspec.parse(build.buildspec()))));
        var began = System.nanoTime();
        try {
            var process =
                    engine.command(command, variables).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new LocalServiceException("the build failed; its last words:\n" + lastWords(output));
            }
            return Duration.ofNanos(System.nanoTime() - began);
        } catch (IOException e) {
            throw new LocalServiceException("the build cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalServiceException("the build was interrupted", e);
        }
    }

    private static String lastWords(String output) {
        var lines = output.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    }

    @Override
    public void close() {
        engine.tryDocker("rm", "--force", "--volumes", name);
    }
}
