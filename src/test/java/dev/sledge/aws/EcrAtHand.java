package dev.sledge.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sledge.SamTemplate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The emulator's ECR with what it lacks: its registry where it really is, since the emulator names AWS's host, which nobody reaches from
 * here; and the creation templates of {@code template.yaml}, in the shape that AWS's model of the service gives them. All else passes
 * through as it is.
 */
public final class EcrAtHand implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI emulator;
    private final ServiceModel model;
    private final List<String> faults = new CopyOnWriteArrayList<>();

    public EcrAtHand(URI emulator) throws IOException, InterruptedException {
        model = ServiceModel.of("ecr");
        this.emulator = emulator;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::pass);
        server.start();
    }

    /** Where the SDK finds it. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What was asked or answered against AWS's model. */
    public List<String> faults() {
        return faults;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            var operation =
                    exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceFirst(".*\\.", "");
            if (operation.equals("DescribeRepositoryCreationTemplates")) {
                answer(exchange, 200, templates(JSON.readTree(exchange.getRequestBody())));
                return;
            }
            var request = HttpRequest.newBuilder(emulator.resolve(exchange.getRequestURI()))
                    .POST(BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
            for (var header : new String[] {"X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date"}) {
                request.header(header, exchange.getRequestHeaders().getFirst(header));
            }
            var answer = http.send(request.build(), BodyHandlers.ofString());
            var body = answer.body()
                    .replaceAll("https://[0-9]+\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com", emulator.toString());
            answer(exchange, answer.statusCode(), body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (RuntimeException e) {
            // Without it the client would hear of a broken connection and nobody of why.
            faults.add(e.toString());
            throw e;
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** CloudFormation's words begin with a capital, the service's own with a small letter; two differ altogether. */
    private String templates(JsonNode request) throws IOException {
        var answer = JSON.createObjectNode();
        var found = answer.putArray("repositoryCreationTemplates");
        for (var properties : SamTemplate.read(Map.of())
                .ofType("AWS::ECR::RepositoryCreationTemplate")
                .values()) {
            if (request.path("prefixes")
                    .toString()
                    .contains("\"" + properties.path("Prefix").asText() + "\"")) {
                found.add(decapitalized(properties));
            }
        }
        faults.addAll(model.faultsOfAnswer("DescribeRepositoryCreationTemplates", answer));
        return answer.toString();
    }

    private static String word(String cloudFormations) {
        return switch (cloudFormations) {
            case "ImageTagMutabilityExclusionFilterType" -> "filterType";
            case "ImageTagMutabilityExclusionFilterValue" -> "filter";
            default -> cloudFormations.substring(0, 1).toLowerCase(Locale.ROOT) + cloudFormations.substring(1);
        };
    }

    private static JsonNode decapitalized(JsonNode node) {
        if (node.isArray()) {
            var array = JSON.createArrayNode();
            node.forEach(item -> array.add(decapitalized(item)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        var object = JSON.createObjectNode();
        node.properties().forEach(field -> object.set(word(field.getKey()), decapitalized(field.getValue())));
        return object;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
