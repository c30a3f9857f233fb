package dev.sledge.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A function as it is deployed: a process of its own with nothing but its jar, and the class that calls the handler as Lambda does. */
record FunctionProcess(Class<?> handler, Map<String, String> environment) {
    /** Answers an event; what the function logs goes to the test's own output. */
    JsonNode invoke(JsonNode event) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                "target/sledge-lambda.jar:target/test-classes",
                InvokeHandler.class.getName(),
                handler.getName());
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "AWS_REGION", "us-east-1",
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test"));
        var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var in = process.getOutputStream()) {
            in.write(event.toString().getBytes(StandardCharsets.UTF_8));
        }
        var answer = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return new JsonMapper().readTree(answer);
    }
}
