package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person runs it: a process with a status, one message for what went wrong, and nothing left running after it. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CommandIT {
    private static final String SECRET = "It's a Secret to Everybody";
    private static final Pattern PROGRESS = Pattern.compile(" *[0-9]+\\.[0-9]  .*");
    /** Holds the process id of an engine that a run started, as long as that runs. */
    private static Path engine;

    @TempDir
    Path directory;

    private TestRepository repository;
    private boolean engineOfOthers;

    @BeforeAll
    static void engine() throws IOException {
        var script = new ProcessBuilder("bash", "infra/local/engine.sh", "users").start();
        try (var users = script.inputReader(StandardCharsets.UTF_8)) {
            engine = Path.of(users.readLine().replaceFirst("\\.users$", "/docker.pid"));
        }
    }

    @BeforeEach
    void repository() throws IOException, InterruptedException {
        engineOfOthers = Files.exists(engine);
        repository = TestRepository.create(directory, "command")
                .write("Dockerfile", "FROM debian:trixie-slim\nCOPY f /f\nRUN cat /f\n")
                .write("f", "content\n")
                .commit();
    }

    /** What a run of the command came to; {@code errors} without the lines that show progress. */
    private record Run(int status, String output, List<String> errors) {}

    private Run sledge(String... arguments) throws Exception {
        return ended(start(Map.of(), arguments));
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        // A run in the background of a script has interrupts ignored, and hands that on.
        var command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("target", "sledge.jar").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        // In the repository: whatever a name makes a shell do by mistake would be done here.
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("SLEDGE_WEBHOOK_SECRET_GITHUB", SECRET);
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private Run ended(Process process) throws Exception {
        var output = read(process.getInputStream());
        var errors = read(process.getErrorStream());
        var status = process.waitFor();
        var messages = errors.get()
                .lines()
                .filter(line -> !line.startsWith("WARNING: ") && !line.isBlank())
                .filter(line -> !PROGRESS.matcher(line).matches())
                .toList();
        nothingIsLeftRunning(process);
        return new Run(status, output.get(), messages);
    }

    private static CompletableFuture<String> read(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void nothingIsLeftRunning(Process process) throws IOException {
        assertThat(process.descendants()).isEmpty();
        if (!engineOfOthers) {
            assertThat(engine).as("the engine that this run started").doesNotExist();
            assertThat(processes()).noneMatch(command -> command.contains(engine.getParent() + "/"));
        }
    }

    private static List<String> processes() throws IOException {
        var commands = new ArrayList<String>();
        try (var entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var entry : entries) {
                try {
                    commands.add(Files.readString(entry.resolve("cmdline")));
                } catch (IOException e) {
                    // It has ended meanwhile.
                }
            }
        }
        return commands;
    }

    private String[] delivery(String ref, String secret) throws Exception {
        var commit = repository.git("rev-parse", "HEAD");
        var json = new JsonMapper().createObjectNode();
        json.put("ref", ref).put("before", "0".repeat(40)).put("after", commit);
        json.put("deleted", false).putObject("head_commit").put("id", commit);
        json.putObject("repository").put("full_name", "it/command").put("default_branch", "main");
        var payload = Files.writeString(directory.resolve(".git/push.json"), json.toString());
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var signature = HexFormat.of().formatHex(mac.doFinal(Files.readAllBytes(payload)));
        return new String[] {
            "push",
            "--payload",
            payload.toString(),
            "-H",
            "X-GitHub-Event: push",
            "-H",
            "X-GitHub-Delivery: 1",
            "-H",
            "Content-Type: application/json",
            "-H",
            "X-Hub-Signature-256: sha256=" + signature,
            "--json"
        };
    }

    @Test
    void aDeliveryThatIsSignedIsBuiltWhateverItsBranchIsCalled() throws Exception {
        var run = sledge(delivery("refs/heads/a$(touch x);'\"", SECRET));

        assertThat(run.errors()).isEmpty();
        assertThat(run.status()).isZero();
        var record = new JsonMapper().readTree(run.output()).path(0);
        assertThat(record.path("outcome").asText()).isEqualTo("succeeded");
        assertThat(record.path("ref").asText()).isEqualTo("refs/heads/a$(touch x);'\"");
        try (var files = Files.walk(directory)) {
            assertThat(files.filter(file -> file.endsWith("x"))).isEmpty();
        }
        assertThat(Path.of("x")).doesNotExist();
    }

    @Test
    void aWrongSignatureIsRefusedBeforeAnythingStarts() throws Exception {
        var run = sledge(delivery("refs/heads/main", "guessed"));

        assertThat(run.errors()).singleElement().asString().startsWith("sledge: refused: X-Hub-Signature-256 does not");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
    }

    @Test
    void aMissingDockerfileIsNamed() throws Exception {
        repository.git("rm", "--quiet", "Dockerfile");
        repository.commit();
        var run = sledge("push");

        assertThat(run.errors())
                .singleElement()
                .asString()
                .startsWith("Dockerfile: the commit has no such file [DOCKERFILE_MISSING]; ");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void anUnknownStageIsNamedWithItsLineAndTheOneThatWasMeant() throws Exception {
        repository
                .write("Dockerfile", "FROM debian:trixie-slim AS build\nFROM scratch\nCOPY --from=biuld /f /f\n")
                .commit();
        var run = sledge("push");

        assertThat(run.errors())
                .singleElement()
                .asString()
                .startsWith("sledge: Dockerfile:3: ")
                .contains("biuld")
                .endsWith("; did you mean the stage build?");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void aFailingInstructionIsTheUsersToMend() throws Exception {
        repository
                .write("Dockerfile", "FROM debian:trixie-slim\nRUN echo last words && exit 7\n")
                .commit();
        var run = sledge("push");

        assertThat(run.output().lines())
                .filteredOn(line -> line.startsWith("Dockerfile:2: RUN echo last words && exit 7 failed: "))
                .hasSize(1);
        assertThat(run.output().lines()).contains("    last words");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void anEngineThatIsNotThereIsSaid() throws Exception {
        var run = ended(start(Map.of("DOCKER_HOST", "unix:///nonexistent/docker.sock"), "push"));

        assertThat(run.errors())
                .containsExactly("sledge: no Docker engine answers at DOCKER_HOST=unix:///nonexistent/docker.sock;"
                        + " start it, or unset DOCKER_HOST");
        assertThat(run.status()).isEqualTo(3);
    }

    @Test
    void aFullDiskIsNobodysDockerfile() throws Exception {
        repository
                .write("Dockerfile", "FROM debian:trixie-slim\nRUN head -c 900M /dev/zero > /big\n")
                .commit();
        var run = sledge("push", "--engine-memory", "600");

        assertThat(run.output().lines())
                .filteredOn(line -> line.startsWith("the disk of the build machine is full"))
                .hasSize(1);
        assertThat(run.status()).isEqualTo(3);
    }

    @Test
    void ctrlCStopsTheBuildAndLeavesARecordThatSaysSo() throws Exception {
        // No cache has this step, not even after a run that was not stopped.
        var step = "RUN : " + System.nanoTime() + " && echo running && sleep 300\n";
        repository.write("Dockerfile", "FROM debian:trixie-slim\n" + step).commit();
        var process = start(Map.of(), "push", "--verbose");
        var errors = process.errorReader(StandardCharsets.UTF_8);
        var seen = errors.lines().anyMatch(line -> line.strip().endsWith("running"));
        assertThat(seen).as("the build's output").isTrue();

        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
        var rest = errors.lines().toList();
        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(rest)
                .filteredOn(line -> line.endsWith("interrupted; stopping what was started"))
                .hasSize(1);
        assertThat(rest).noneMatch(line -> line.startsWith("sledge: "));
        nothingIsLeftRunning(process);
        assertThat(outcomeOf(repository.git("rev-parse", "HEAD"))).isEqualTo("stopped");
    }

    /** What the record says, read where the S3 server keeps it. */
    private static String outcomeOf(String commit) throws IOException {
        var cache = dev.sledge.local.CacheDirectory.of(System.getenv()).directory("s3");
        try (var files = Files.walk(cache)) {
            var record = files.filter(file ->
                            file.endsWith("record.json") && file.toString().contains(commit))
                    .toList();
            assertThat(record).hasSize(1);
            return new JsonMapper()
                    .readTree(Files.readAllBytes(record.getFirst()))
                    .path("outcome")
                    .asText();
        }
    }
}
