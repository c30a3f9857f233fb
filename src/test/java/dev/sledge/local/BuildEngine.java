package dev.sledge.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An engine of its own in one container of the build image, as a build gets it, but for many builds: what they cache stays until it is
 * closed.
 */
public final class BuildEngine implements AutoCloseable {
    private static final String BASE = "debian:trixie-slim";

    private final DockerEngine engine;
    private final String container;

    private BuildEngine(DockerEngine engine, String container) {
        this.engine = engine;
        this.container = container;
    }

    /**
     * Starts it, with the one base image that can be had on any machine.
     *
     * @param shared a directory that it sees under the same path
     * @throws LocalServiceException if it cannot be started; nothing is left running then
     */
    public static BuildEngine start(Map<String, String> environment, Path shared, Narrator narrator) {
        var scripts = Scripts.install(environment);
        var started =
                new BuildEngine(DockerEngine.up(scripts, environment, narrator), "sledge-test-" + UUID.randomUUID());
        try {
            started.run(scripts, shared, narrator);
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private void run(Scripts scripts, Path shared, Narrator narrator) {
        var image = engine.buildImage(narrator);
        scripts.run(engine.environment(), narrator, "local/images.sh", "base", BASE);
        var archive = shared.resolve("base.tar").toString();
        engine.docker("save", "--output", archive, BASE);
        var arguments = new ArrayList<>(List.of("run", "--detach", "--rm", "--init", "--name", container));
        arguments.addAll(Privileges.of(engine, image));
        arguments.add("--volume=" + shared + ":" + shared);
        // It ends by itself should the test be killed.
        arguments.addAll(List.of(image, "sleep", "1h"));
        engine.docker(arguments.toArray(String[]::new));
        engine.docker("exec", container, "start-engine", "containerd", "kept");
        engine.docker("exec", container, "docker", "load", "--input", archive);
    }

    /** What a docker command says, run inside. */
    public DockerEngine.Answer docker(String... arguments) {
        var command = new ArrayList<>(List.of("exec", container, "docker"));
        command.addAll(List.of(arguments));
        return engine.tryDocker(command.toArray(String[]::new));
    }

    /**
     * What a program says, run inside.
     *
     * @throws LocalServiceException if it fails
     */
    public String run(String... program) {
        var command = new ArrayList<>(List.of("exec", container));
        command.addAll(List.of(program));
        return engine.docker(command.toArray(String[]::new));
    }

    @Override
    public void close() {
        try (engine) {
            engine.tryDocker("rm", "--force", "--volumes", container);
        }
    }
}
