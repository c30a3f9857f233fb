package dev.sledge.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Docker engine of this machine, by the docker command line. One that we had to start is stopped again by the last of us that uses it.
 */
public final class DockerEngine implements AutoCloseable {
    private final Scripts scripts;
    private final String client;
    private final Map<String, String> environment;
    private final boolean ours;
    private final Lease lease;

    private DockerEngine(Scripts scripts, String host, String client, boolean ours, Lease lease) {
        this.scripts = scripts;
        this.client = client;
        this.environment = Map.of("DOCKER_HOST", host, "DOCKER_CLIENT", client);
        this.ours = ours;
        this.lease = lease;
    }

    /**
     * Makes sure that an engine answers.
     *
     * @throws LocalServiceException if none does and none can be started
     */
    static DockerEngine up(Scripts scripts, Map<String, String> environment, Narrator narrator) {
        var users =
                scripts.run(environment, narrator, "local/engine.sh", "users").getLast();
        var lease = Lease.take(Path.of(users));
        try {
            var answer = new HashMap<String, String>();
            for (var line : scripts.run(environment, narrator, "local/engine.sh", "up")) {
                var equals = line.indexOf('=');
                answer.put(line.substring(0, equals), line.substring(equals + 1));
            }
            return new DockerEngine(
                    scripts,
                    answer.getOrDefault("host", ""),
                    answer.getOrDefault("client", "docker"),
                    Boolean.parseBoolean(answer.getOrDefault("started", "false")),
                    lease);
        } catch (LocalServiceException e) {
            lease.release(() -> {});
            throw e;
        }
    }

    /** Where the engine answers, and with which client, as the scripts take it. */
    Map<String, String> environment() {
        return environment;
    }

    /** The container of builds, built from {@code infra/build-image} if its files changed. */
    String buildImage(Narrator narrator) {
        return scripts.run(environment, narrator, "local/images.sh", "build-image")
                .getLast();
    }

    /**
     * Runs a docker command to its end.
     *
     * @return its stdout, trimmed
     * @throws LocalServiceException with what docker said, if it fails
     */
    public String docker(String... arguments) {
        var answer = tryDocker(arguments);
        if (answer.status() != 0) {
            throw new LocalServiceException("docker " + arguments[0] + " failed: " + answer.errors());
        }
        return answer.output();
    }

    /** What a docker command printed to stdout and to stderr, trimmed, and its exit status. */
    public record Answer(int status, String output, String errors) {}

    public Answer tryDocker(String... arguments) {
        try {
            var process = command(List.of(arguments), Map.of()).start();
            process.getOutputStream().close();
            var errors = new StringBuilder();
            var listener = Thread.ofPlatform()
                    .daemon()
                    .start(() -> process.errorReader(StandardCharsets.UTF_8)
                            .lines()
                            .forEach(line -> errors.append(line).append('\n')));
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            var status = process.waitFor();
            listener.join();
            return new Answer(status, output, errors.toString().strip());
        } catch (IOException e) {
            throw new LocalServiceException("the docker client " + client + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalServiceException("docker was interrupted", e);
        }
    }

    /**
     * A docker command that has yet to be started.
     *
     * @param variables of the client's own environment; {@code --env NAME} takes its value from there, so it shows in no process list
     */
    ProcessBuilder command(List<String> arguments, Map<String, String> variables) {
        var command = new ArrayList<String>();
        command.add(client);
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(variables);
        builder.environment().putAll(environment);
        return builder;
    }

    @Override
    public void close() {
        lease.release(() -> {
            if (ours) {
                scripts.run(environment, what -> {}, "local/engine.sh", "down");
            }
        });
    }
}
