package dev.sledge.lambda;

import dev.sledge.aws.SecretsManagerSecrets;
import dev.sledge.aws.SqsEventQueue;
import dev.sledge.pipeline.EventQueue;
import dev.sledge.webhook.WebhookSecrets;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What the functions are made of, from the environment that {@code template.yaml} gives them. */
record Wiring(WebhookSecrets secrets, EventQueue queue) {
    /**
     * Reads {@code SLEDGE_QUEUE_URL} and {@code SLEDGE_WEBHOOK_SECRET_GITHUB} (the ARN of a secret, never the secret itself). Region,
     * credentials and endpoints are read by the SDK.
     *
     * @throws IllegalStateException naming the variable that is missing
     */
    static Wiring ofEnvironment(Map<String, String> environment) {
        var queue = URI.create(required(environment, "SLEDGE_QUEUE_URL"));
        var secret = required(environment, "SLEDGE_WEBHOOK_SECRET_GITHUB");
        var http = UrlConnectionHttpClient.create();
        return new Wiring(
                new SecretsManagerSecrets(
                        SecretsManagerClient.builder().httpClient(http).build(), secret, Clock.systemUTC()),
                new SqsEventQueue(SqsClient.builder().httpClient(http).build(), queue));
    }

    private static String required(Map<String, String> environment, String name) {
        var value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalStateException("environment variable " + name + " is not set; template.yaml sets it");
        }
        return value;
    }
}
