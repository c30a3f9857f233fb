package dev.sledge.cli;

import static dev.sledge.forge.ScriptedForge.answer;
import static dev.sledge.forge.ScriptedForge.json;
import static dev.sledge.forge.ScriptedForge.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.forge.ScriptedForge;
import dev.sledge.webhook.Samples;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sledge connect} and {@code sledge serve} as processes, a scripted forge beside them. */
class ForgeCommandsIT {
    private static final String HOOKS = "/api/v1/repos/octocat/hello/hooks";

    @TempDir
    Path home;

    private ScriptedForge forge;

    @BeforeEach
    void start() throws IOException {
        forge = new ScriptedForge();
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", "target/sledge.jar"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("XDG_CONFIG_HOME", home.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private record Run(int status, String output) {}

    private Run connect(String... more) throws Exception {
        var arguments = new ArrayList<>(List.of(
                "connect", "octocat/hello", "--forge", "gitea", "--hook", "https://sledge.example.com/hook/gitea"));
        arguments.addAll(List.of(more));
        var process = start(
                Map.of("SLEDGE_GITEA_URL", forge.url().toString(), "SLEDGE_GITEA_TOKEN", "t0ken"),
                arguments.toArray(String[]::new));
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private Path secrets() {
        return home.resolve("sledge/webhooks.json");
    }

    @Test
    void connectSaysWhatItWouldDoAndDoesItWhenAsked() throws Exception {
        forge.on("GET " + HOOKS + "?limit=50", json("[]")).on("POST " + HOOKS, answer(201, Map.of(), "{}"));

        var asked = connect();
        assertThat(asked.status()).isZero();
        assertThat(asked.output()).contains("make a webhook of octocat/hello", "nothing was changed; --yes does it");
        assertThat(forge.asked()).hasSize(1);
        assertThat(secrets()).doesNotExist();

        var done = connect("--yes");
        assertThat(done.status()).isZero();
        assertThat(done.output()).endsWith("done\n");
        var sent = new JsonMapper().readTree(forge.asked().getLast().body());
        var kept = new JsonMapper()
                .readTree(Files.readString(secrets()))
                .path(forge.url().getAuthority())
                .path("octocat/hello")
                .path("current")
                .asText();
        assertThat(kept)
                .hasSize(64)
                .isEqualTo(sent.path("config").path("secret").asText());
        assertThat(forge.asked().getLast().header("Authorization")).isEqualTo("Bearer t0ken");
        assertThat(done.output()).doesNotContain(kept, "t0ken");
    }

    @Test
    void connectingAgainChangesNothing() throws Exception {
        var there = "[{\"id\":7,\"active\":true,\"events\":[\"push\",\"pull_request\",\"pull_request_sync\"],"
                + "\"config\":{\"url\":\"https://sledge.example.com/hook/gitea\",\"content_type\":\"json\"}}]";
        forge.on("GET " + HOOKS + "?limit=50", json("[]"), json(there))
                .on("POST " + HOOKS, answer(201, Map.of(), "{}"));
        connect("--yes");
        var before = Files.readString(secrets());
        var again = connect("--yes", "--json");
        assertThat(new JsonMapper().readTree(again.output()).path("outcome").asText())
                .isEqualTo("nothing");
        assertThat(Files.readString(secrets())).isEqualTo(before);
        assertThat(forge.asked())
                .extracting(ScriptedForge.Asked::line)
                .filteredOn(line -> line.startsWith("POST"))
                .hasSize(1);
    }

    @Test
    void aTokenThatMayNotIsSaidInOneLine() throws Exception {
        forge.on("GET " + HOOKS + "?limit=50", status(403));
        var refused = connect("--yes");
        assertThat(refused.status()).isEqualTo(3);
        assertThat(refused.output().lines().filter(line -> line.startsWith("sledge: ")))
                .singleElement()
                .asString()
                .contains("403", "the token needs write:repository")
                .doesNotContain("t0ken");
    }

    @Test
    void serveAnswersUntilItIsStopped() throws Exception {
        var process = start(
                Map.of("SLEDGE_WEBHOOK_SECRET_GITHUB", "It's a Secret to Everybody"),
                "serve",
                "--dry-run",
                "--port",
                "0");
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            var line = lines.readLine();
            while (line != null && !line.startsWith("listening on ")) {
                line = lines.readLine();
            }
            var url = String.valueOf(line).replaceFirst("listening on ", "");
            var sample = Samples.all().findFirst().orElseThrow();
            var good = post(url, sample, "");
            assertThat(good.statusCode()).isEqualTo(202);
            assertThat(good.body())
                    .startsWith("{\"accepted\":[{\"kind\":\"push_branch\",\"repository\":\"octocat/hello-world\"");
            assertThat(post(url, sample, " ").statusCode()).isEqualTo(401);
            assertThat(post(url, sample, " ".repeat(40_000_000)).statusCode()).isEqualTo(413);
            process.toHandle().destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(lines.lines().toList()).noneMatch(log -> log.contains("Secret"));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void serveNeedsASecret() throws Exception {
        var process = start(Map.of(), "serve", "--dry-run");
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output).contains("sledge: no webhook secret is known");
    }

    private static HttpResponse<String> post(String url, Samples.Sample sample, String more) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var body = new String(sample.request().body().bytes(), StandardCharsets.UTF_8) + more;
            var request = HttpRequest.newBuilder(
                            URI.create(url + "/hook/" + sample.forge().route()))
                    .POST(BodyPublishers.ofString(body));
            sample.request().headers().forEach((name, values) -> request.header(name, values.getFirst()));
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}
