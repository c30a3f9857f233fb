package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sledge.event.Repository;
import dev.sledge.forge.RunningGitea;
import dev.sledge.image.ImageName;
import dev.sledge.registry.OciRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop at a real Gitea: {@code sledge connect}, {@code git push}, {@code sledge serve}, the image and the status. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ServeIT {
    @RegisterExtension
    static final RunningGitea GITEA = new RunningGitea();

    @TempDir
    Path directory;

    @TempDir
    Path config;

    @TempDir
    Path state;

    private final List<Server> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.process.destroyForcibly());
    }

    /** A process of {@code sledge serve}; all it says is kept. */
    private static final class Server {
        private final Process process;
        private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final List<String> said = new ArrayList<>();
        private final Thread reader;

        Server(Process process) {
            this.process = process;
            this.reader = Thread.ofVirtual()
                    .start(() ->
                            process.inputReader(StandardCharsets.UTF_8).lines().forEach(lines::add));
        }

        String until(String part) throws InterruptedException {
            // An engine may have to be installed, and other tests may have the machine.
            for (var line = lines.poll(5, TimeUnit.MINUTES); line != null; line = lines.poll(5, TimeUnit.MINUTES)) {
                said.add(line);
                if (line.contains(part)) {
                    return line;
                }
            }
            throw new AssertionError("'" + part + "' was never said:\n" + String.join("\n", said));
        }

        /** Ends it as a service manager does. */
        void end() throws InterruptedException {
            process.toHandle().destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            reader.join();
            lines.drainTo(said);
        }
    }

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", "target/sledge.jar"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "XDG_CONFIG_HOME", config.toString(),
                        "XDG_STATE_HOME", state.toString(),
                        "SLEDGE_GITEA_URL", GITEA.url().toString(),
                        "SLEDGE_GITEA_TOKEN", GITEA.token()));
        return builder.start();
    }

    private Server serve(int port) throws IOException {
        var server = new Server(start("serve", "--port", String.valueOf(port)));
        servers.add(server);
        return server;
    }

    private void connect(Repository repository, String hook) throws Exception {
        var connecting = start("connect", repository.fullName(), "--forge", "gitea", "--hook", hook, "--yes");
        var said = new String(connecting.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(connecting.waitFor()).as(said).isZero();
    }

    private static JsonNode statuses(Repository repository, String commit) throws Exception {
        return GITEA.api("GET", "/repos/" + repository + "/commits/" + commit + "/statuses?sort=oldest", "");
    }

    private List<Path> waiting() throws IOException {
        try (var files = Files.list(state.resolve("sledge/serve/waiting"))) {
            return files.sorted().toList();
        }
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void aPushToGiteaBecomesAnImageAndAStatus() throws Exception {
        var repository = GITEA.create("app", true);
        var port = freePort();
        connect(repository, "http://127.0.0.1:" + port + "/hook/gitea");
        var server = serve(port);
        server.until("listening on http://127.0.0.1:" + port);

        var git = TestRepository.create(directory, "app")
                .write("Dockerfile", "FROM debian:trixie-slim\nCOPY f /f\nRUN cat /f\n")
                .write("f", "content\n")
                .commit();
        git.git("push", "--quiet", GITEA.remote(repository), "HEAD:refs/heads/main");
        var commit = git.git("rev-parse", "HEAD");
        var built = server.until(": " + commit + " built in ");
        assertThat(built).contains(repository + " refs/heads/main: ", "/sledge/");

        var told = statuses(repository, commit);
        assertThat(told.findValuesAsText("status")).containsExactlyInAnyOrder("pending", "success");
        assertThat(told.findValuesAsText("description")).anyMatch(words -> words.matches("built in .* from cache"));

        // What cannot be built is said beside the commit, with its place.
        git.write("Dockerfile", "FROM debian:trixie-slim\nRUNN true\n").commit();
        git.git("push", "--quiet", GITEA.remote(repository), "HEAD:refs/heads/main");
        var broken = git.git("rev-parse", "HEAD");
        server.until("not built: Dockerfile:2");
        assertThat(statuses(repository, broken)).singleElement().satisfies(status -> {
            assertThat(status.path("status").asText()).isEqualTo("failure");
            assertThat(status.path("description").asText()).startsWith("Dockerfile:2: ");
        });

        // A commit that asks for it is not built; the forge is asked for nothing that its delivery told.
        git.git(
                "-c",
                "user.name=T",
                "-c",
                "user.email=t@sledge.invalid",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                "x [skip ci]");
        git.git("push", "--quiet", GITEA.remote(repository), "HEAD:refs/heads/main");
        server.until("nothing to build: the commit asks for no build: [skip ci]");
        assertThat(statuses(repository, git.git("rev-parse", "HEAD"))).isEmpty();

        // A tag of a commit that is built already needs no build to name its image.
        git.git("-c", "user.name=T", "-c", "user.email=t@sledge.invalid", "tag", "-a", "v1", "-m", "first", commit);
        git.git("push", "--quiet", GITEA.remote(repository), "v1");
        var said = server.until("refs/tags/v1: nothing to build: ");
        assertThat(said).contains("sha-" + commit + " was built by ");
        var image =
                said.replaceFirst(".*nothing to build: ([^ ]+):sha-.*", "$1").split("/", 2);
        assertThat(new OciRegistry("http").tags(new ImageName(image[0], image[1])))
                .containsExactlyInAnyOrder("sha-" + commit, "b-main", "v1");

        // Told again, it is there already.
        git.git("push", "--quiet", GITEA.remote(repository), ":refs/tags/v1");
        server.until("refs/tags/v1: nothing to build: refs/tags/v1 was deleted");
        git.git("push", "--quiet", GITEA.remote(repository), "v1");
        assertThat(server.until("refs/tags/v1: nothing to build: ")).contains("sha-" + commit + " was built by ");
        server.end();

        var secret = Files.readString(config.resolve("sledge/webhooks.json"))
                .replaceAll("(?s).*\"current\" *: *\"([0-9a-f]+)\".*", "$1");
        assertThat(secret).hasSize(64);
        assertThat(server.said).noneMatch(line -> line.contains(GITEA.token()) || line.contains(secret));
    }

    @Test
    void aForkIsBuiltWhereItsRepositoryAsksForItAndGivesNothing() throws Exception {
        var repository = GITEA.create("open", false);
        var port = freePort();
        connect(repository, "http://127.0.0.1:" + port + "/hook/gitea");
        var server = serve(port);
        server.until("listening on");
        var git = TestRepository.create(directory, "open")
                .write("Dockerfile", "FROM debian:trixie-slim\nCOPY f /f\nRUN cat /f\n")
                .write("f", "ours\n")
                .commit();
        git.git("push", "--quiet", GITEA.remote(repository), "HEAD:refs/heads/main");
        server.until(" built in ");

        // The stranger's own settings ask for it, and count for nothing.
        var fork = GITEA.fork(repository);
        var asking = "on:\n  branches: [main]\n  pull_requests: all\n";
        git.branch("theirs").write("sledge.yml", asking).write("f", "theirs\n").commit();
        git.git("push", "--quiet", fork, "HEAD:refs/heads/theirs");
        GITEA.offer(repository, "theirs");
        server.until("refs/pull/1/head: nothing to build: the change of pull request 1 comes from a fork");

        git.git("checkout", "--quiet", "main");
        git.write("sledge.yml", asking).commit();
        git.git("push", "--quiet", GITEA.remote(repository), "HEAD:refs/heads/main");
        server.until(" built in ");
        git.git("checkout", "--quiet", "theirs");
        git.write("f", "theirs again\n").commit();
        git.git("push", "--quiet", fork, "HEAD:refs/heads/theirs");
        var theirs = git.git("rev-parse", "HEAD");
        assertThat(server.until("refs/pull/1/head: " + theirs + " built in "))
                .endsWith("; not pushed, since it comes from a fork");
        assertThat(statuses(repository, theirs).findValuesAsText("status"))
                .containsExactlyInAnyOrder("pending", "success");
        server.end();
    }

    @Test
    void whatWasAcceptedIsBuiltByTheNextProcess() throws Exception {
        var repository = GITEA.create("late", false);
        var port = freePort();
        connect(repository, "http://127.0.0.1:" + port + "/hook/gitea");
        var server = serve(port);
        server.until("listening on");
        var git = TestRepository.create(directory, "late")
                .write("Dockerfile", "FROM debian:trixie-slim\nRUN sleep 120\n")
                .commit();
        git.git("push", "--quiet", GITEA.remote(repository), "HEAD:refs/heads/slow");
        var slow = git.git("rev-parse", "HEAD");
        git.write("Dockerfile", "FROM debian:trixie-slim\nRUN true\n").commit();
        git.git("push", "--quiet", GITEA.remote(repository), "HEAD:refs/heads/main");
        var commit = git.git("rev-parse", "HEAD");
        server.until("refs/heads/slow: taken up");
        server.until("phase build");
        server.end();
        assertThat(statuses(repository, slow).findValuesAsText("description")).contains("the build ended as STOPPED");
        assertThat(waiting()).hasSize(2);

        // The slow one would be built again first, as they came; here it has waited long enough.
        Files.delete(waiting().getFirst());
        var next = serve(port);
        next.until("refs/heads/main: " + commit + " built in ");
        next.end();
        assertThat(waiting()).isEmpty();
    }
}
