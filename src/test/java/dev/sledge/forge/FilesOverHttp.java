package dev.sledge.forge;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sledge.event.CommitId;
import dev.sledge.event.Forge;
import dev.sledge.event.Repository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One repository of one forge whose commits are maps, behind that forge's own API for files. */
final class FilesOverHttp implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAME = "octocat/hello-world";

    private final Forge forge;
    private final HttpServer server;
    private final Map<String, Map<String, byte[]>> commits = new HashMap<>();

    FilesOverHttp(Forge forge) throws IOException {
        this.forge = forge;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    ForgeSite site() {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new ForgeSite(forge, url, URI.create(url + "/api"), new ForgeToken.Anonymous());
    }

    Repository repository() {
        return new Repository(site().host(), NAME);
    }

    CommitId commit(Map<String, byte[]> files) {
        var commit = new CommitId("%040x".formatted(0xc0ffee + commits.size()));
        commits.put(commit.hex(), Map.copyOf(files));
        return commit;
    }

    /** Where a file, its meta data and a commit are found, each forge its own way. */
    private record Routes(Pattern meta, Pattern raw, Pattern commit) {}

    private Routes routes() {
        var at = "(?:\\?|.*&)(?:ref|at)=(?<commit>[0-9a-f]+)";
        return switch (forge) {
            case GITHUB ->
                routes("/repos/NAME/contents/(?<path>[^?]+)" + at, "/none", "/repos/NAME/git/commits/(?<commit>.+)");
            case GITEA ->
                routes(
                        "/repos/NAME/contents/(?<path>[^?]+)" + at,
                        "/repos/NAME/raw/(?<path>[^?]+)" + at,
                        "/repos/NAME/git/commits/(?<commit>.+)");
            case GITLAB ->
                routes(
                        "/none",
                        "/projects/octocat%2Fhello-world/repository/files/(?<path>[^/]+)/raw" + at,
                        "/projects/octocat%2Fhello-world/repository/commits/(?<commit>.+)");
            case BITBUCKET ->
                routes(
                        "/repositories/NAME/src/(?<commit>[0-9a-f]+)/(?<path>[^?]+)\\?format=meta",
                        "/repositories/NAME/src/(?<commit>[0-9a-f]+)/(?<path>[^?]+)",
                        "/repositories/NAME/commit/(?<commit>.+)");
            case BITBUCKET_DC ->
                routes(
                        "/api/1.0/projects/octocat/repos/hello-world/browse/(?<path>[^?]+)\\?type=true&at=(?<commit>.+)",
                        "/api/1.0/projects/octocat/repos/hello-world/raw/(?<path>[^?]+)\\?at=(?<commit>.+)",
                        "/api/1.0/projects/octocat/repos/hello-world/commits/(?<commit>.+)");
        };
    }

    private static Routes routes(String meta, String raw, String commit) {
        return new Routes(
                Pattern.compile("/api" + meta.replace("NAME", NAME)),
                Pattern.compile("/api" + raw.replace("NAME", NAME)),
                Pattern.compile("/api" + commit.replace("NAME", NAME)));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = answer(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(answer.isPresent() ? 200 : 404, 0);
            exchange.getResponseBody()
                    .write(answer.orElse("{\"message\":\"Not Found\"}".getBytes(StandardCharsets.UTF_8)));
        }
    }

    private Optional<byte[]> answer(String address) throws IOException {
        var routes = routes();
        var commit = routes.commit().matcher(address);
        if (commit.matches()) {
            return Optional.ofNullable(commits.get(commit.group("commit")))
                    .map(files -> "{}".getBytes(StandardCharsets.UTF_8));
        }
        var meta = routes.meta().matcher(address);
        if (meta.matches()) {
            return meta(files(meta.group("commit")), decoded(meta.group("path")));
        }
        var raw = routes.raw().matcher(address);
        if (raw.matches()) {
            return Optional.ofNullable(files(raw.group("commit")).get(decoded(raw.group("path"))));
        }
        return directory(address);
    }

    private Map<String, byte[]> files(String commit) {
        return commits.getOrDefault(commit, Map.of());
    }

    /** GitLab tells a directory only by listing it. */
    private Optional<byte[]> directory(String address) {
        var listing = Pattern.compile(
                        "/api/projects/octocat%2Fhello-world/repository/tree\\?path=(?<path>[^&]+)&per_page=1&ref=(?<commit>.+)")
                .matcher(address);
        return listing.matches() && isDirectory(files(listing.group("commit")), decoded(listing.group("path")))
                ? Optional.of("[{}]".getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static boolean isDirectory(Map<String, byte[]> files, String path) {
        return files.keySet().stream().anyMatch(file -> file.startsWith(path + "/"));
    }

    private static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private Optional<byte[]> meta(Map<String, byte[]> files, String path) throws IOException {
        var content = files.get(path);
        if (content == null && !isDirectory(files, path)) {
            return Optional.empty();
        }
        var json = JSON.createObjectNode();
        switch (forge) {
            case BITBUCKET ->
                json.put("type", content == null ? "commit_directory" : "commit_file")
                        .putArray("attributes");
            case BITBUCKET_DC -> json.put("type", content == null ? "DIRECTORY" : "FILE");
            case GITHUB, GITEA, GITLAB -> {
                json.put("type", content == null ? "dir" : "file");
                if (content != null) {
                    json.put("encoding", "base64")
                            .put("content", Base64.getMimeEncoder().encodeToString(content));
                }
            }
        }
        return Optional.of(JSON.writeValueAsBytes(json));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
