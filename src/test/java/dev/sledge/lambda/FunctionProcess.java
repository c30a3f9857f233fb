package dev.sledge.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function as it is deployed: a process of its own with nothing but its jar and AWS's runtime, which primes it and calls the handler. What it logs is in
 * {@code target/functions.log}.
 */
record FunctionProcess(Class<?> handler, Map<String, String> environment) {
    private static final File LOG = new File("target", "functions.log");

    /** Answers an event. */
    JsonNode invoke(JsonNode event) throws IOException, InterruptedException {
        try (var api = new RuntimeApi(event)) {
            var builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    // As Lambda starts Java, but for the paths of its own files.
                    "-XX:+UseSerialGC",
                    "-XX:+TieredCompilation",
                    "-XX:TieredStopAtLevel=1",
                    "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                    "-Djava.net.preferIPv4Stack=true",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    "target/sledge-lambda.jar" + File.pathSeparator + runtime(),
                    "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                    handler.getName());
            builder.environment().putAll(environment);
            builder.environment()
                    .putAll(Map.of(
                            "AWS_REGION", "us-east-1",
                            "AWS_ACCESS_KEY_ID", "test",
                            "AWS_SECRET_ACCESS_KEY", "test",
                            "AWS_LAMBDA_RUNTIME_API", api.host(),
                            "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start",
                            "AWS_LAMBDA_FUNCTION_NAME", handler.getSimpleName(),
                            "AWS_LAMBDA_FUNCTION_VERSION", "1",
                            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
                            "AWS_LAMBDA_LOG_FORMAT", "TEXT"));
            var process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG))
                    .start();
            try {
                return api.await();
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** Lambda brings these along. */
    private static String runtime() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> Stream.of("aws-lambda-java-runtime-interface-client", "aws-lambda-java-serialization")
                        .anyMatch(jar::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
