package dev.sledge.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.Shell;
import dev.sledge.event.Forge;
import dev.sledge.event.Repository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real Gitea on the loopback with a user of its own, for all tests of a class; {@code infra/local/gitea.sh} compiles it once. */
public final class RunningGitea implements BeforeAllCallback, AfterAllCallback {
    private static final String USER = "octocat";
    /** Somebody who may not push to what is the other's. */
    private static final String STRANGER = "mona";

    private static final String PASSWORD = "correct-horse-battery-1";

    private final HttpClient http = HttpClient.newHttpClient();
    private Path home = Path.of("");
    private Path directory = Path.of("");
    private String token = "";
    private int port;
    private List<Process> processes = List.of();

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        var installed = Shell.run(List.of("bash", "-c", "infra/local/gitea.sh 2> target/gitea-install.log"), "");
        if (installed.status() != 0) {
            throw new IOException("Gitea could not be made: " + Files.readString(Path.of("target/gitea-install.log")));
        }
        home = Path.of(installed.output().strip());
        directory = Files.createTempDirectory("sledge-gitea");
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        configure();
        gitea("migrate");
        user(USER);
        user(STRANGER);
        start();
        token = request("POST", "/users/" + USER + "/tokens", "{\"name\":\"t\",\"scopes\":[\"all\"]}", basic(USER))
                .path("sha1")
                .asText();
    }

    private void user(String name) throws IOException, InterruptedException {
        var email = name + "@sledge.invalid";
        gitea(
                "admin",
                "user",
                "create",
                "--username",
                name,
                "--password",
                PASSWORD,
                "--email",
                email,
                "--must-change-password=false");
    }

    private void configure() throws IOException {
        Files.createDirectories(directory.resolve("custom/conf"));
        Files.writeString(configuration(), """
                RUN_MODE = prod
                RUN_USER = %s
                WORK_PATH = %s

                [server]
                HTTP_ADDR = 127.0.0.1
                HTTP_PORT = %d
                ROOT_URL = http://127.0.0.1:%d/
                STATIC_ROOT_PATH = %s
                DISABLE_SSH = true
                OFFLINE_MODE = true

                [database]
                DB_TYPE = sqlite3

                [security]
                INSTALL_LOCK = true
                SECRET_KEY = of-this-test-alone

                [webhook]
                ALLOWED_HOST_LIST = loopback

                [log]
                LEVEL = Info

                [cron.update_checker]
                ENABLED = false
                """.formatted(System.getProperty("user.name"), directory, port, port, home));
    }

    private Path configuration() {
        return directory.resolve("custom/conf/app.ini");
    }

    private ProcessBuilder command(String... arguments) {
        var command = new ArrayList<>(List.of(home.resolve("gitea").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--config", configuration().toString()));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("gitea.log").toFile()));
        builder.environment()
                .putAll(Map.of(
                        "GITEA_WORK_DIR", directory.toString(),
                        "HOME", directory.toString(),
                        // It serves the loopback for the length of a test.
                        "GITEA_I_AM_BEING_UNSAFE_RUNNING_AS_ROOT", "true"));
        return builder;
    }

    private void gitea(String... arguments) throws IOException, InterruptedException {
        if (command(arguments).start().waitFor() != 0) {
            throw new IOException("gitea " + arguments[0] + ": " + Files.readString(directory.resolve("gitea.log")));
        }
    }

    private void start() throws IOException, InterruptedException {
        var process = command("web").start();
        processes = List.of(process);
        for (var attempt = 0; attempt < 600 && process.isAlive(); attempt++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("Gitea does not answer: " + Files.readString(directory.resolve("gitea.log")));
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        for (var process : processes) {
            process.destroy();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        if (!directory.toString().isEmpty()) {
            Shell.run(List.of("rm", "-rf", directory.toString()), "");
        }
    }

    /** The site. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What its API and its git know the user by. */
    public String token() {
        return token;
    }

    /** The site as Sledge knows it. */
    public ForgeSite site() {
        return ForgeSite.of(Forge.GITEA, url(), new ForgeToken.Secret(token));
    }

    /** Makes an empty repository of the user's. */
    public Repository create(String name, boolean hidden) throws IOException, InterruptedException {
        api(
                "POST",
                "/user/repos",
                new JsonMapper()
                        .createObjectNode()
                        .put("name", name)
                        .put("private", hidden)
                        .put("default_branch", "main")
                        .toString());
        return new Repository(site().host(), USER + "/" + name);
    }

    /** Where git pushes to, with the user's password. */
    public String remote(Repository repository) {
        return "http://" + USER + ":" + PASSWORD + "@127.0.0.1:" + port + "/" + repository.fullName() + ".git";
    }

    /** Where a stranger pushes to, to a fork of a public repository that this makes. */
    public String fork(Repository repository) throws IOException, InterruptedException {
        request("POST", "/repos/" + repository + "/forks", "{}", basic(STRANGER));
        return remote(repository).replace(USER + ":", STRANGER + ":").replace("/" + USER + "/", "/" + STRANGER + "/");
    }

    /** The stranger asks the repository to take a branch of the fork. */
    public void offer(Repository repository, String branch) throws IOException, InterruptedException {
        var json = new JsonMapper().createObjectNode();
        json.put("title", "offered").put("base", "main").put("head", STRANGER + ":" + branch);
        request("POST", "/repos/" + repository + "/pulls", json.toString(), basic(STRANGER));
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    /** Asks Gitea's own API. */
    public JsonNode api(String method, String path, String body) throws IOException, InterruptedException {
        return request(method, path, body, "token " + token);
    }

    private JsonNode request(String method, String path, String body, String authorization)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url() + "/api/v1" + path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return new JsonMapper().readTree(answer.body());
    }
}
