package dev.sledge.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The scripts of {@code infra/}, which travel in the jar, laid out on disk so that they can run. */
final class Scripts {
    private static final String AGENT = "build-image/sledge-agent.jar";
    private static final List<String> FILES = List.of(
            "local/apt.sh",
            "local/engine.sh",
            "local/images.sh",
            "local/registry/Dockerfile",
            "local/registry/config.yml",
            "local/registry/serve",
            "build-image/Dockerfile",
            "build-image/start-engine",
            "build-image/engine-state",
            "build-image/forward-loopback",
            "build-image/sledge-agent",
            "build-image/compiler.json",
            AGENT);

    private final Path infra;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    private Scripts(Path infra) {
        this.infra = infra;
    }

    /**
     * Lays them out.
     *
     * @param environment of the process; {@code SLEDGE_AGENT_JAR} is the agent's where Sledge itself runs from classes
     */
    static Scripts install(Map<String, String> environment) {
        var infra = CacheDirectory.of(environment).directory("infra");
        try {
            for (var file : FILES) {
                var target = infra.resolve(file);
                Files.createDirectories(target.getParent());
                try (var in = content(file, environment)) {
                    var content = in.readAllBytes();
                    if (!Files.isExecutable(target) || !Arrays.equals(Files.readAllBytes(target), content)) {
                        replace(target, content);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Scripts(infra);
    }

    /** At once: another run may be reading it. */
    private static void replace(Path target, byte[] content) throws IOException {
        var written =
                Files.createTempFile(target.getParent(), target.getFileName().toString(), "");
        Files.write(written, content);
        Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static InputStream content(String file, Map<String, String> environment) throws IOException {
        var resource = Scripts.class.getResourceAsStream("/infra/" + file);
        if (resource != null) {
            return resource;
        }
        var agent = environment.get("SLEDGE_AGENT_JAR");
        if (agent == null || !file.equals(AGENT)) {
            throw new IllegalStateException("the jar lacks infra/" + file);
        }
        return Files.newInputStream(Path.of(agent));
    }

    /**
     * Runs a script to its end; what it says on stderr is shown as it comes.
     *
     * @return the lines of its stdout
     * @throws LocalServiceException with the script's last words, if it fails
     */
    List<String> run(Map<String, String> environment, Narrator narrator, String script, String... arguments) {
        var command = new ArrayList<String>();
        command.add("bash");
        command.add(infra.resolve(script).toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            var process = builder.redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            running.add(process);
            var said = new ArrayList<String>();
            var listener = Thread.ofPlatform()
                    .daemon()
                    .start(() -> process.errorReader(StandardCharsets.UTF_8)
                            .lines()
                            .forEach(line -> heard(line, said, narrator)));
            var answer = process.inputReader(StandardCharsets.UTF_8).lines().toList();
            var status = process.waitFor();
            listener.join();
            running.remove(process);
            if (status != 0) {
                throw new LocalServiceException(
                        said.isEmpty() ? script + " failed with status " + status : said.getLast());
            }
            return answer;
        } catch (IOException e) {
            throw new LocalServiceException("bash cannot run " + script + "; install bash", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalServiceException(script + " was interrupted", e);
        }
    }

    /** What a script does is told as it comes; why it failed is for whoever handles the failure. */
    private static void heard(String line, List<String> said, Narrator narrator) {
        if (line.startsWith("error: ")) {
            said.add(line.substring("error: ".length()));
        } else {
            said.add(line.replaceFirst("^sledge: ", ""));
            narrator.say(said.getLast());
        }
    }

    /** Ends what still runs; a script that is ended cleans up after itself. */
    void stop() {
        for (var process : running) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }
}
