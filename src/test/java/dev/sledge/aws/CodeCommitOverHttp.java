package dev.sledge.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sledge.cli.TestRepository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.codecommit.CodeCommitClient;

/**
 * What CodeCommit's API answers about a repository, over its own protocol to AWS's own client; all it knows it asks a real git.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">awsJson1_1</a>
 */
final class CodeCommitOverHttp implements AutoCloseable {
    static final String NAME = "hello-world";
    static final String ARN = "arn:aws:codecommit:eu-central-1:123456789012:" + NAME;

    private final TestRepository git;
    private final HttpServer server;
    private final List<String> asked = new ArrayList<>();
    private final ObjectNode tags = json();

    CodeCommitOverHttp(TestRepository git) throws IOException {
        this.git = git;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** AWS's client, which speaks with this server. */
    CodeCommitClient client() {
        return CodeCommitClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** The operations that were asked for, in their order. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** An error as CodeCommit names it. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var operation =
                    exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceFirst("^CodeCommit_20150413\\.", "");
            var input = new JsonMapper().readTree(exchange.getRequestBody().readAllBytes());
            asked.add(operation);
            var status = 200;
            ObjectNode output;
            try {
                output = output(operation, input);
            } catch (Refusal e) {
                status = 400;
                output = json().put("__type", e.getMessage()).put("message", "refused");
            }
            var bytes = output.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static ObjectNode json() {
        return new JsonMapper().createObjectNode();
    }

    private ObjectNode output(String operation, JsonNode input) throws Refusal, IOException {
        if (input.has("resourceArn")) {
            return tagging(operation, input);
        }
        if (!input.path("repositoryName").asText().equals(NAME)) {
            throw new Refusal("RepositoryDoesNotExistException");
        }
        return switch (operation) {
            case "GetFile" -> file(commit(input), input.path("filePath").asText());
            case "GetFolder" -> folder(commit(input), input.path("folderPath").asText());
            case "GetCommit" -> {
                var id = input.path("commitId").asText();
                yield json().set("commit", json().put("commitId", id).put("message", message(id)));
            }
            case "GetBranch" ->
                json().set(
                                "branch",
                                json().put(
                                                "branchName",
                                                input.path("branchName").asText())
                                        .put(
                                                "commitId",
                                                branch(input.path("branchName").asText())));
            case "GetRepository" -> json().set("repositoryMetadata", json().put("defaultBranch", "main"));
            default -> throw new Refusal("InvalidActionException");
        };
    }

    private ObjectNode tagging(String operation, JsonNode input) throws Refusal {
        if (!input.path("resourceArn").asText().equals(ARN)) {
            throw new Refusal("RepositoryDoesNotExistException");
        }
        return switch (operation) {
            case "ListTagsForResource" -> json().set("tags", tags);
            case "TagResource" -> {
                input.path("tags").properties().forEach(tag -> tags.set(tag.getKey(), tag.getValue()));
                yield json();
            }
            default -> throw new Refusal("InvalidActionException");
        };
    }

    private String ask(String refusal, String... arguments) throws Refusal {
        try {
            return git.git(arguments);
        } catch (IOException e) {
            throw new Refusal(refusal);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String commit(JsonNode input) throws Refusal {
        var id = input.path("commitSpecifier").asText();
        return ask("CommitDoesNotExistException", "rev-parse", "--verify", "--quiet", id + "^{commit}");
    }

    private String message(String id) throws Refusal {
        return ask("CommitIdDoesNotExistException", "show", "--no-patch", "--format=%B", id);
    }

    private String branch(String name) throws Refusal {
        return ask("BranchDoesNotExistException", "rev-parse", "--verify", "--quiet", "refs/heads/" + name);
    }

    /** Mode, type, object, size and path of each entry, as {@code git ls-tree} has them. */
    private List<String[]> entries(String commit, String... paths) throws Refusal {
        var arguments = new ArrayList<>(List.of("ls-tree", "-z", "-l", "--full-tree", commit, "--"));
        arguments.addAll(List.of(paths));
        var entries = new ArrayList<String[]>();
        for (var line : ask("PathDoesNotExistException", arguments.toArray(String[]::new))
                .split("\0", -1)) {
            if (!line.isEmpty()) {
                entries.add(line.split("[ \t]+", 5));
            }
        }
        return entries;
    }

    private ObjectNode file(String commit, String path) throws Refusal {
        var entries = entries(commit, path);
        if (entries.isEmpty() || !entries.getFirst()[1].equals("blob")) {
            throw new Refusal("FileDoesNotExistException");
        }
        var entry = entries.getFirst();
        if (Long.parseLong(entry[3]) > 6_000_000) {
            throw new Refusal("FileTooLargeException");
        }
        return json().put("commitId", commit)
                .put("blobId", entry[2])
                .put("filePath", path)
                .put("fileMode", mode(entry[0]))
                .put("fileSize", Long.parseLong(entry[3]))
                .put("fileContent", Base64.getEncoder().encodeToString(content(entry[2])));
    }

    private byte[] content(String blob) {
        try {
            var process = new ProcessBuilder("git", "-C", git.directory().toString(), "cat-file", "blob", blob).start();
            return process.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String mode(String octal) {
        return switch (octal) {
            case "100644" -> "NORMAL";
            case "100755" -> "EXECUTABLE";
            default -> "SYMLINK";
        };
    }

    private ObjectNode folder(String commit, String path) throws Refusal {
        var root = path.equals("/");
        var entries = root ? entries(commit) : entries(commit, path + "/");
        if (entries.isEmpty() && !root) {
            throw new Refusal("FolderDoesNotExistException");
        }
        var json = json().put("commitId", commit).put("folderPath", root ? "" : path);
        for (var list : List.of("files", "subFolders", "symbolicLinks", "subModules")) {
            json.putArray(list);
        }
        for (var entry : entries) {
            var listed = json().put("absolutePath", entry[4]);
            switch (entry[0]) {
                case "040000" -> json.withArray("subFolders").add(listed.put("treeId", entry[2]));
                case "160000" -> json.withArray("subModules").add(listed.put("commitId", entry[2]));
                case "120000" ->
                    json.withArray("symbolicLinks")
                            .add(listed.put("blobId", entry[2]).put("fileMode", "SYMLINK"));
                default ->
                    json.withArray("files").add(listed.put("blobId", entry[2]).put("fileMode", mode(entry[0])));
            }
        }
        return json;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
