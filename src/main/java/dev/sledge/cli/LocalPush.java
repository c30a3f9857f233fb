package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.BuildRecord;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.image.Platform;
import dev.sledge.local.LocalServices;
import dev.sledge.local.WorkTree;
import dev.sledge.pipeline.BuildFinished;
import dev.sledge.pipeline.PushOutcome;
import dev.sledge.pipeline.PushOutcome.RunningBuild;
import dev.sledge.pipeline.PushPipeline;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.BuildPlanner;
import dev.sledge.plan.Planning;
import dev.sledge.registry.OciRegistry;
import dev.sledge.settings.BuildSettings.CacheChoice;
import dev.sledge.webhook.Body;
import dev.sledge.webhook.GitHubWebhooks;
import dev.sledge.webhook.WebhookRequest;
import dev.sledge.webhook.WebhookSecret;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Pushes of one work tree through the whole pipeline, with this machine's engine, registry and S3 in the place of the cloud's. */
final class LocalPush {
    private static final String NOTHING = "0".repeat(40);

    private final LocalServices services;
    private final WorkTree tree;

    LocalPush(LocalServices services, WorkTree tree) {
        this.services = services;
        this.tree = tree;
        tree.serve();
        services.expose(tree.port());
    }

    /** What came of a push, its builds run to their ends. */
    record Pushing(PushOutcome outcome, List<BuildRecord> records) {}

    /** Makes the delivery that GitHub would send for {@code push}, signed with a secret of the moment. */
    Pushing push(Pushed push, Optional<CacheChoice> cache) {
        var random = new byte[20];
        new SecureRandom().nextBytes(random);
        var secret = new WebhookSecret(HexFormat.of().formatHex(random));
        return receive(delivery(push, secret), List.of(secret), cache);
    }

    /** The plan of a push that builds one image, without building it. */
    BuildPlan plan(Pushed push) {
        var planning = new BuildPlanner(services.destination(), platform())
                .plan(
                        push,
                        tree.remote(push.repository()),
                        Optional.empty(),
                        path -> tree.read(push.repository(), push.commit(), path));
        return switch (planning) {
            case Planning.Planned(var plans, var warnings) -> plans.getFirst();
            case Planning.Unplannable(var problems) -> throw new UserErrorException(problems.toString());
        };
    }

    /** Handles a delivery, whoever made it. */
    Pushing receive(WebhookRequest request, List<WebhookSecret> secrets, Optional<CacheChoice> cache) {
        var planner = new BuildPlanner(services.destination(), platform());
        var pipeline =
                new PushPipeline(tree, planner, services.builds(), services.results(), services.resultsRoot(), cache);
        var webhooks = new GitHubWebhooks(tree.repository().host(), secrets);
        return services.undisturbed(() -> {
            var outcome = pipeline.receive(webhooks, request);
            var records = new ArrayList<BuildRecord>();
            if (outcome instanceof PushOutcome.Started(var builds, var warnings)) {
                builds.forEach(running -> records.add(finish(running)));
            }
            return new Pushing(outcome, records);
        });
    }

    private BuildRecord finish(RunningBuild running) {
        var finished = services.builds().await(running.build(), running.plan());
        return new BuildFinished(services.results(), new OciRegistry("http")).handle(running.folder(), finished);
    }

    private static Platform platform() {
        return switch (System.getProperty("os.arch")) {
            case "aarch64" -> Platform.LINUX_ARM64;
            default -> Platform.LINUX_AMD64;
        };
    }

    private static WebhookRequest delivery(Pushed push, WebhookSecret secret) {
        var json = new JsonMapper().createObjectNode();
        json.put("ref", push.ref().full());
        json.put("before", push.before() instanceof Before.At(var commit) ? commit.hex() : NOTHING);
        json.put("after", push.commit().hex());
        json.put("deleted", false);
        json.putObject("head_commit").put("id", push.commit().hex());
        json.putObject("repository")
                .put("full_name", push.repository().fullName())
                .put("default_branch", push.defaultBranch().name());
        var body = Body.utf8(json.toString());
        return new WebhookRequest(
                Map.of(
                        "X-GitHub-Event", List.of("push"),
                        "X-GitHub-Delivery", List.of(UUID.randomUUID().toString()),
                        "X-Hub-Signature-256",
                                List.of("sha256=" + HexFormat.of().formatHex(secret.sign(body)))),
                body);
    }
}
