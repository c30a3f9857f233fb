package dev.sledge.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.Tools;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * {@code template.yaml} as {@code sam deploy} brings it to an emulator of AWS: what the functions are told there is what they are told in
 * an account.
 */
record DeployedStack(Map<String, JsonNode> functions) {
    /** The emulator knows neither creation templates nor pull through caches of ECR, and CloudFormation refuses what it does not know. */
    private static final Pattern UNKNOWN = Pattern.compile(
            "(?m)^ {2}\\w+:\\n {4}Type: AWS::ECR::(?:RepositoryCreationTemplate|PullThroughCacheRule)\\n(?: {4}.*\\n|\\n)+");

    private static final Path DIRECTORY = Path.of("target", "deploy");

    /** Deploys, to an endpoint that has a bucket for what is deployed. */
    static DeployedStack deploy(URI endpoint, String bucket, Map<String, String> parameters)
            throws IOException, InterruptedException {
        Files.createDirectories(DIRECTORY);
        var template = UNKNOWN.matcher(Files.readString(Path.of("template.yaml")))
                .replaceAll("")
                .replace("CodeUri: target/", "CodeUri: ../");
        var file = Files.writeString(DIRECTORY.resolve("template.yaml"), template);
        var command = new ArrayList<>(List.of(
                "env",
                "AWS_ENDPOINT_URL=" + endpoint,
                "AWS_DEFAULT_REGION=us-east-1",
                "AWS_ACCESS_KEY_ID=test",
                "AWS_SECRET_ACCESS_KEY=test",
                "SAM_CLI_TELEMETRY=0",
                Tools.command("sam"),
                "deploy",
                "--template-file",
                file.toString(),
                "--stack-name",
                "sledge",
                "--s3-bucket",
                bucket,
                "--capabilities",
                "CAPABILITY_IAM",
                "--no-confirm-changeset",
                "--no-progressbar",
                "--parameter-overrides"));
        parameters.forEach((name, value) -> command.add("ParameterKey=" + name + ",ParameterValue=" + value));
        var answer = Tools.run(command);
        assertThat(answer.status()).as("%s", answer.output()).isZero();
        try (var http = HttpClient.newHttpClient()) {
            stopTheQueue(http, endpoint);
            return new DeployedStack(functions(http, endpoint));
        }
    }

    /** The emulator would take events off the queue itself, and hand them to a runtime that it does not have. */
    private static void stopTheQueue(HttpClient http, URI endpoint) throws IOException, InterruptedException {
        var mappings = ask(http, lambda(endpoint, "event-source-mappings/").build());
        assertThat(mappings.path("EventSourceMappings")).hasSize(1);
        for (var mapping : mappings.path("EventSourceMappings")) {
            var path = "event-source-mappings/" + mapping.path("UUID").asText();
            ask(http, lambda(endpoint, path).DELETE().build());
        }
    }

    private static Map<String, JsonNode> functions(HttpClient http, URI endpoint)
            throws IOException, InterruptedException {
        var functions = new HashMap<String, JsonNode>();
        for (var function : ask(http, lambda(endpoint, "functions/").build()).path("Functions")) {
            functions.put(function.path("Handler").asText(), function);
        }
        return functions;
    }

    private static HttpRequest.Builder lambda(URI endpoint, String path) {
        return HttpRequest.newBuilder(endpoint.resolve("/2015-03-31/" + path))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20261128/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0");
    }

    private static JsonNode ask(HttpClient http, HttpRequest request) throws IOException, InterruptedException {
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s", answer.body()).isBetween(200, 299);
        return new JsonMapper().readTree(answer.body());
    }

    /** What the function of a handler finds in its environment. */
    Map<String, String> environment(Class<?> handler) {
        var variables = new HashMap<String, String>();
        var function = Objects.requireNonNull(functions.get(handler.getName()), "only deployed: " + functions.keySet());
        function.at("/Environment/Variables")
                .properties()
                .forEach(variable ->
                        variables.put(variable.getKey(), variable.getValue().asText()));
        return variables;
    }
}
