package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.RecordJson;
import dev.sledge.cli.LocalPush.Pushing;
import dev.sledge.local.LocalBuilds.EngineState;
import dev.sledge.local.LocalServices;
import dev.sledge.local.WorkTree;
import dev.sledge.pipeline.PushOutcome;
import dev.sledge.report.RecordSummary;
import dev.sledge.webhook.Body;
import dev.sledge.webhook.RepositoryNames;
import dev.sledge.webhook.SharedSecret;
import dev.sledge.webhook.WebhookRequest;
import dev.sledge.webhook.WebhookSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sledge push}: the whole way of a push, on this machine. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description = {
            "Builds the commit of DIR on this machine as a push of it would be built on AWS.",
            "Plan, build in a fresh docker-in-docker container, image in a registry, record in S3. What is missing is set up first: a Docker engine, the build image, a registry, an S3 server."
        },
        footer = {
            "",
            "A delivery of GitHub's is handled as it came, with the webhook's secret in",
            "SLEDGE_WEBHOOK_SECRET_GITHUB:",
            "  sledge push DIR --payload push.json \\",
            "    -H 'X-GitHub-Event: push' -H 'X-GitHub-Delivery: 1' \\",
            "    -H 'X-Hub-Signature-256: sha256=…'"
        })
final class PushCommand implements Callable<Integer> {
    private static final String SECRET = "SLEDGE_WEBHOOK_SECRET_GITHUB";

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private WorkTreeArguments arguments;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ConsoleOptions console;

    @Option(names = "--payload", paramLabel = "FILE", description = "The body of a GitHub delivery, as it came.")
    @Nullable
    private Path payload;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "NAME:VALUE",
            description = "A header of the delivery; give one option for each.")
    private List<String> headers = List.of();

    @Option(
            names = "--engine-memory",
            paramLabel = "MIB",
            description = "Keep the state of the build's engine in memory, so many MiB at most, instead of on disk.")
    private int engineMemory;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Answering answering;

    @Override
    public Integer call() {
        EngineState state = engineMemory > 0 ? new EngineState.Memory(engineMemory) : new EngineState.Disk();
        try (var tree = WorkTree.open(arguments.directory);
                var narrator = console.open()) {
            // Whatever is wrong with the delivery is said before anything is started.
            var delivery = payload == null
                    ? LocalDelivery.of(arguments.pushed(tree))
                    : new LocalDelivery(request(payload), secrets());
            var intake = delivery.takeIn(tree.repository());
            intake.ignored().forEach(why -> answering.err().println("nothing to build: " + why));
            if (intake.events().isEmpty()) {
                return ExitCode.DONE.status();
            }
            try (var services = new LocalServices(System.getenv(), state, narrator)) {
                var push = LocalPush.of(services, tree);
                var pushings = new ArrayList<Pushing>();
                intake.events().forEach(event -> pushings.add(push.handle(event, arguments.cacheChoice())));
                narrator.finish();
                return report(pushings);
            }
        }
    }

    private WebhookRequest request(Path file) {
        var all = new HashMap<String, List<String>>();
        for (var header : headers) {
            var colon = header.indexOf(':');
            if (colon < 1) {
                throw new UserErrorException("header '" + header + "' has no colon; write NAME:VALUE");
            }
            all.computeIfAbsent(header.substring(0, colon).strip(), name -> new ArrayList<>())
                    .add(header.substring(colon + 1).strip());
        }
        try {
            return new WebhookRequest(all, new Body(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UserErrorException(
                    "payload '" + file + "' cannot be read; name the file with the delivery's body");
        }
    }

    private static List<SharedSecret> secrets() {
        var secret = System.getenv().getOrDefault(SECRET, "");
        if (secret.isBlank()) {
            throw new UserErrorException(
                    "set " + SECRET + " to the webhook's secret; without one nothing can be proved");
        }
        return List.of(new SharedSecret(new WebhookSecret(secret), RepositoryNames.ALL));
    }

    private int report(List<Pushing> pushings) {
        var status = ExitCode.DONE.status();
        var records = new ArrayList<BuildRecord>();
        for (var pushing : pushings) {
            status = Math.max(status, tell(pushing.outcome()));
            records.addAll(pushing.records());
        }
        if (!records.isEmpty()) {
            print(records);
        }
        return records.stream().mapToInt(PushCommand::status).reduce(status, Math::max);
    }

    private int tell(PushOutcome outcome) {
        var err = answering.err();
        return switch (outcome) {
            case PushOutcome.Unbuildable(var problems) -> Problems.print(problems, err);
            case PushOutcome.NothingToBuild(var why) -> {
                err.println("nothing to build: " + why);
                yield ExitCode.DONE.status();
            }
            case PushOutcome.Planned(var images, var warnings) -> {
                warnings.forEach(warning -> err.println("warning: " + warning));
                yield ExitCode.DONE.status();
            }
        };
    }

    private void print(List<BuildRecord> records) {
        var out = answering.out();
        if (answering.json) {
            var array = new JsonMapper().createArrayNode();
            records.forEach(record -> array.add(RecordJson.of(record)));
            out.println(array.toPrettyString());
        } else {
            records.forEach(record -> out.print(RecordSummary.of(record)));
        }
        out.flush();
    }

    private static int status(BuildRecord record) {
        return switch (record.outcome()) {
            case Outcome.Succeeded() -> ExitCode.DONE.status();
            case Outcome.CacheBroken broken -> ExitCode.DONE.status();
            case Outcome.InstructionFailed failed -> ExitCode.INPUT_WRONG.status();
            case Outcome.BuildFailed failed -> ExitCode.INPUT_WRONG.status();
            case Outcome.DiskFull full -> ExitCode.SERVICE_FAILED.status();
            case Outcome.Ended ended -> ExitCode.SERVICE_FAILED.status();
        };
    }
}
