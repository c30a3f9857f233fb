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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * What the function that takes webhooks is made of.
 *
 * @param hosts of the forges that are configured
 * @param codeCommit reads CodeCommit's events
 * @param priming what is used before the snapshot
 */
record WebhookWiring(
        WebhookSecrets secrets,
        Map<Forge, String> hosts,
        CodeCommitEvents codeCommit,
        EventQueue queue,
        List<Priming.Step> priming) {
    /**
     * Reads the environment that {@code template.yaml} gives: {@code SLEDGE_QUEUE_URL}; for each forge {@code SLEDGE_GITHUB_URL} (the
     * site) and {@code SLEDGE_WEBHOOK_SECRET_GITHUB} (the ARN of a secret, never the secret itself);
     * {@code SLEDGE_REPOSITORIES_CODECOMMIT}. Region, credentials and endpoints are read by the SDK.
     *
     * @throws IllegalStateException naming the variable that is missing or wrong
     */
    static WebhookWiring ofEnvironment(Map<String, String> variables) {
        var environment = new FunctionEnvironment(variables);
        var queue = URI.create(environment.required("SLEDGE_QUEUE_URL"));
        var hosts = new EnumMap<Forge, String>(Forge.class);
        environment.sites().forEach((forge, site) -> hosts.put(forge, Forge.host(site)));
        var http = UrlConnectionHttpClient.create();
        var secrets = environment.ofForges("SLEDGE_WEBHOOK_SECRET_");
        var secretsManager = SecretsManagerClient.builder().httpClient(http).build();
        var sqs = SqsClient.builder().httpClient(http).build();
        return new WebhookWiring(
                new SecretsManagerSecrets(secretsManager, secrets, Clock.systemUTC()),
                hosts,
                new CodeCommitEvents(environment
                        .value("SLEDGE_REPOSITORIES_CODECOMMIT")
                        .map(RepositoryNames::parse)
                        .orElse(RepositoryNames.ALL)),
                new SqsEventQueue(sqs, queue),
                List.of(
                        SampleDelivery::prime,
                        () -> sqs.getQueueAttributes(get -> get.queueUrl(queue.toString())),
                        () -> secrets.values()
                                .forEach(arn -> secretsManager.describeSecret(describe -> describe.secretId(arn)))));
    }

    WebhookReceiver receiver(Consumer<String> faults) {
        return new WebhookReceiver(secrets, hosts, queue, Clock.systemUTC(), faults);
    }
}
