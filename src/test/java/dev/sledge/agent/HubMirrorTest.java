package dev.sledge.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine gets of the mirror, from a registry that answers as ECR's pull through cache does. A build through it is in LocalBuildIT. */
class HubMirrorTest {
    private static final String TYPE = "application/vnd.oci.image.index.v1+json";
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @TempDir
    Path directory;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private HttpServer registry;
    private HubMirror mirror;

    @BeforeEach
    void start() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", this::registry);
        registry.start();
        var upstream = URI.create("http://" + host() + "/sledge-base/docker");
        mirror = new HubMirror(upstream, new DockerLogins(directory.resolve("config.json")), 0, faults::add);
    }

    @AfterEach
    void stop() {
        mirror.close();
        registry.stop(0);
    }

    private String host() {
        return "127.0.0.1:" + registry.getAddress().getPort();
    }

    private void registry(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("Accept"));
            var path = exchange.getRequestURI().getPath();
            if (path.contains("/blobs/")) {
                exchange.getResponseHeaders().set("Location", "https://s3.example.com/layer?signed");
                exchange.sendResponseHeaders(307, -1);
            } else if (path.endsWith("/debian/manifests/trixie")) {
                exchange.getResponseHeaders().set("Content-Type", TYPE);
                exchange.getResponseHeaders().set("Docker-Content-Digest", DIGEST);
                var head = exchange.getRequestMethod().equals("HEAD");
                if (head) exchange.getResponseHeaders().set("Content-Length", "2");
                exchange.sendResponseHeaders(200, head ? -1 : 2);
                if (!head) exchange.getResponseBody().write(new byte[] {'{', '}'});
            } else {
                exchange.sendResponseHeaders(path.contains("/secret/") ? 403 : 404, -1);
            }
        }
    }

    private HttpResponse<String> ask(String method, String path) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + mirror.port() + path))
                    .header("Accept", TYPE)
                    .method(method, HttpRequest.BodyPublishers.noBody());
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    @Test
    void aManifestComesFromBelowThePathWithTheLoginThatDockerHas() throws Exception {
        Files.writeString(directory.resolve("config.json"), "{\"auths\":{\"" + host() + "\":{\"auth\":\"QVdTOnB3\"}}}");
        var got = ask("GET", "/v2/library/debian/manifests/trixie?ns=docker.io");
        assertThat(got.statusCode()).isEqualTo(200);
        assertThat(got.body()).isEqualTo("{}");
        assertThat(got.headers().firstValue("content-type")).contains(TYPE);
        assertThat(got.headers().firstValue("docker-content-digest")).contains(DIGEST);
        var head = ask("HEAD", "/v2/library/debian/manifests/trixie");
        assertThat(head.headers().firstValue("docker-content-digest")).contains(DIGEST);
        assertThat(head.headers().firstValue("content-length")).contains("2");
        var path = " /v2/sledge-base/docker/library/debian/manifests/trixie Basic QVdTOnB3 " + TYPE;
        assertThat(asked).containsExactly("GET" + path, "HEAD" + path);
    }

    @Test
    void aLayerIsFetchedFromWhereTheRegistrySays() throws Exception {
        var answer = ask("GET", "/v2/library/debian/blobs/" + DIGEST);
        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.headers().firstValue("location")).contains("https://s3.example.com/layer?signed");
    }

    @Test
    void whatIsNotThereOrNotAllowedIsLeftToDockerHub() throws Exception {
        assertThat(ask("GET", "/v2/library/nothing/manifests/1").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/v2/library/secret/manifests/1").statusCode()).isEqualTo(404);
        assertThat(faults).hasSize(2).last().asString().contains("answered 403", "Docker Hub is asked instead");
    }

    @Test
    void whatIsNoOfficialImageIsNotAskedFor() throws Exception {
        for (var path : List.of(
                "/v2/grafana/grafana/manifests/1",
                "/v2/library/../sledge/web/manifests/1",
                "/v2/library/a/b/manifests/1",
                "/v2/library/debian/tags/list")) {
            assertThat(ask("GET", path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(ask("PUT", "/v2/library/debian/manifests/trixie").statusCode())
                .isEqualTo(404);
        assertThat(asked).isEmpty();
        assertThat(ask("GET", "/v2/").statusCode()).isEqualTo(200);
    }
}
