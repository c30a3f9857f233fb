package dev.sledge.lambda;

import dev.sledge.aws.SecretsManagerSecrets;
import dev.sledge.aws.SqsEventQueue;
import dev.sledge.event.Forge;
import dev.sledge.pipeline.EventQueue;
import dev.sledge.pipeline.WebhookReceiver;
import dev.sledge.webhook.CodeCommitEvents;
import dev.sledge.webhook.RepositoryNames;
import dev.sledge.webhook.WebhookSecrets;
import java.net.URI;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What the functions are made of.
 *
 * @param hosts of the forges that are configured
 * @param codeCommit reads CodeCommit's events
 */
record Wiring(WebhookSecrets secrets, Map<Forge, String> hosts, CodeCommitEvents codeCommit, EventQueue queue) {
    /**
     * Reads the environment that {@code template.yaml} gives: {@code SLEDGE_QUEUE_URL}; for each forge {@code SLEDGE_GITHUB_URL} (the
     * site) and {@code SLEDGE_WEBHOOK_SECRET_GITHUB} (the ARN of a secret, never the secret itself);
     * {@code SLEDGE_REPOSITORIES_CODECOMMIT}. Region, credentials and endpoints are read by the SDK.
     *
     * @throws IllegalStateException naming the variable that is missing or wrong
     */
    static Wiring ofEnvironment(Map<String, String> environment) {
        var queue = value(environment, "SLEDGE_QUEUE_URL")
                .orElseThrow(() -> new IllegalStateException(
                        "environment variable SLEDGE_QUEUE_URL is not set; template.yaml sets it"));
        var hosts = new EnumMap<Forge, String>(Forge.class);
        var stored = new EnumMap<Forge, String>(Forge.class);
        for (var forge : Forge.values()) {
            site(environment, forge).ifPresent(host -> hosts.put(forge, host));
            value(environment, "SLEDGE_WEBHOOK_SECRET_" + forge.name()).ifPresent(arn -> stored.put(forge, arn));
        }
        var http = UrlConnectionHttpClient.create();
        return new Wiring(
                new SecretsManagerSecrets(
                        SecretsManagerClient.builder().httpClient(http).build(), stored, Clock.systemUTC()),
                hosts,
                new CodeCommitEvents(value(environment, "SLEDGE_REPOSITORIES_CODECOMMIT")
                        .map(RepositoryNames::parse)
                        .orElse(RepositoryNames.ALL)),
                new SqsEventQueue(SqsClient.builder().httpClient(http).build(), URI.create(queue)));
    }

    WebhookReceiver receiver(Consumer<String> faults) {
        return new WebhookReceiver(secrets, hosts, queue, Clock.systemUTC(), faults);
    }

    private static Optional<String> site(Map<String, String> environment, Forge forge) {
        var variable = "SLEDGE_" + forge.name() + "_URL";
        try {
            return value(environment, variable).map(URI::create).or(forge::home).map(Forge::host);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(variable + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.of(environment.getOrDefault(name, "")).filter(value -> !value.isBlank());
    }
}
