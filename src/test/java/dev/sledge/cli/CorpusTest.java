package dev.sledge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.Corpus;
import dev.sledge.local.WebhookServer;
import dev.sledge.pipeline.WebhookReceiver;
import dev.sledge.webhook.Body;
import dev.sledge.webhook.WebhookSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Other people's real payloads, posted to {@code sledge serve --dry-run}: each row of the corpus with what is to come of it. */
class CorpusTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SECRET = "topsecret";

    /** What was done to a pull request that leaves a head to build. */
    private static final List<String> BUILT = List.of(
            "opened",
            "synchronize",
            "synchronized",
            "reopened",
            "ready_for_review",
            "open",
            "reopen",
            "OPEN",
            "pr:opened",
            "pr:from_ref_updated");

    /** A line of {@code EXPECTED.tsv}. */
    private record Row(List<String> columns) {
        String file() {
            return columns.getFirst();
        }

        String provider() {
            return columns.get(1);
        }

        String kind() {
            return columns.get(2);
        }

        String repository() {
            return columns.get(3);
        }

        String ref() {
            return columns.get(4);
        }

        /** Zeros stand for nothing, and so do they in an answer that leaves them out. */
        String before() {
            return columns.get(5).matches("0*") ? "" : columns.get(5);
        }

        String commit() {
            return columns.get(7);
        }

        boolean isPullRequest() {
            return kind().startsWith("pr:") || kind().startsWith("mr:");
        }

        String action() {
            return kind().substring(3);
        }

        byte[] payload() throws IOException {
            return Files.readAllBytes(Corpus.path("events/" + file()));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRowIsAnsweredAsItSays() throws IOException {
        return Corpus.rows("events/EXPECTED.tsv")
                .map(Row::new)
                .filter(row -> !row.provider().equals("aws"))
                .map(row -> dynamicTest(row.file() + " " + row.ref(), () -> {
                    var payload = row.payload();
                    var answer = post(route(row.provider()), headers(row, payload), payload);
                    if (isAccepted(row)) {
                        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
                        assertThat(JSON.readTree(answer.body()).path("accepted"))
                                .contains(expected(row));
                    } else {
                        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                        assertThat(answer.body()).startsWith("{\"ignored\":");
                    }
                }));
    }

    private static boolean isAccepted(Row row) {
        if (row.isPullRequest()) {
            // Gogs tells no commit; a comment on Bitbucket, a review on GitHub and a draft's new title on GitLab change
            // none.
            return BUILT.contains(row.action())
                    && !row.commit().isEmpty()
                    && !row.file().contains("comment");
        }
        return row.ref().startsWith("refs/");
    }

    private static ObjectNode expected(Row row) {
        var json = JSON.createObjectNode();
        json.put("kind", row.isPullRequest() ? "pull_request" : row.kind());
        json.put("repository", row.repository()).put("ref", row.ref());
        if (!row.before().isEmpty()) {
            json.put("before", row.before());
        }
        if (!row.kind().startsWith("delete_")) {
            json.put("commit", row.commit());
        }
        if (row.isPullRequest()) {
            json.put("fork", row.columns().get(8).contains("fork"));
        }
        return json;
    }

    private static String route(String provider) {
        return provider.equals("gogs") ? "gitea" : provider;
    }

    private static Map<String, String> headers(Row row, byte[] payload) {
        var hex = HexFormat.of().formatHex(new WebhookSecret(SECRET).sign(new Body(payload)));
        return switch (row.provider()) {
            case "github" ->
                Map.of("X-GitHub-Event", event(row), "X-GitHub-Delivery", "1", "X-Hub-Signature-256", "sha256=" + hex);
            case "gitlab" -> Map.of("X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", SECRET);
            case "bitbucket" -> Map.of("X-Event-Key", cloudEvent(row), "X-Hub-Signature", "sha256=" + hex);
            case "bitbucket-dc" ->
                Map.of(
                        "X-Event-Key",
                        row.isPullRequest() ? row.action() : "repo:refs_changed",
                        "X-Hub-Signature",
                        "sha256=" + hex);
            case "gitea" -> Map.of("X-Gitea-Event", event(row), "X-Gitea-Delivery", "1", "X-Gitea-Signature", hex);
            case "gogs" -> Map.of("X-Gogs-Event", event(row), "X-Gogs-Delivery", "1", "X-Gogs-Signature", hex);
            default -> throw new AssertionError("who is " + row.provider() + "?");
        };
    }

    /** The event's name is in no payload; those of creations and deletions write refs short. */
    private static String event(Row row) {
        if (row.isPullRequest())
            return row.file().contains("review_") && !row.action().startsWith("ready")
                    ? "pull_request_review"
                    : "pull_request";
        return row.ref().startsWith("refs/") ? "push" : row.kind().replaceFirst("_.*", "");
    }

    private static String cloudEvent(Row row) {
        if (!row.isPullRequest()) return "repo:push";
        return "pullrequest:"
                + row.file().replaceFirst(".*/pr_(comment_)?", "$1").replaceFirst("\\.json$", "");
    }

    @TestFactory
    Stream<DynamicTest> signaturesHoldWhereTheirRowsSay() throws IOException {
        return Corpus.rows("events/SIGNATURES.tsv")
                .map(row -> dynamicTest(row.getFirst() + " " + row.get(2), () -> {
                    var literal = "(literal body) ";
                    var payload = row.getFirst().startsWith(literal)
                            ? row.getFirst().substring(literal.length()).getBytes(StandardCharsets.UTF_8)
                            : Files.readAllBytes(Corpus.path("events/" + row.getFirst()));
                    var answer = post(signedRoute(row.getFirst()), Map.of(row.get(2), row.get(3)), payload, row.get(4));
                    assertThat(answer.statusCode()).isLessThan(500);
                    assertThat(answer.statusCode() == 401)
                            .as(answer.body())
                            .isEqualTo(row.get(5).equals("INVALID"));
                }));
    }

    private static String signedRoute(String file) {
        var route = file.replaceFirst("^drone-go-scm/", "").replaceFirst("/.*", "");
        return switch (route) {
            case "gogs" -> "gitea";
            case "stash" -> "bitbucket-dc";
            case "gitea", "github", "gitlab", "bitbucket" -> route;
            default -> "github";
        };
    }

    private static HttpResponse<String> post(String route, Map<String, String> headers, byte[] body) throws Exception {
        return post(route, headers, body, SECRET);
    }

    private static HttpResponse<String> post(String route, Map<String, String> headers, byte[] body, String secret)
            throws Exception {
        var environment = new HashMap<String, String>();
        for (var forge : List.of("GITHUB", "GITLAB", "BITBUCKET", "BITBUCKET_DC", "GITEA")) {
            environment.put("SLEDGE_WEBHOOK_SECRET_" + forge, secret);
        }
        var receiver = ServeCommand.dryRun(environment, line -> {});
        try (var server = WebhookServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        WebhookReceiver.LARGEST,
                        receiver::answer);
                var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/hook/" + route))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(body));
            headers.forEach(request::header);
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}
