package dev.sledge.cli;

import dev.sledge.build.Asker;
import dev.sledge.build.BuildRecord;
import dev.sledge.cli.ForgeEnvironment.Scope;
import dev.sledge.cli.LocalPush.Pushing;
import dev.sledge.event.Forge;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.forge.ForgeSite;
import dev.sledge.forge.Forges;
import dev.sledge.local.EventFiles;
import dev.sledge.local.EventWorker;
import dev.sledge.local.LocalBuilds.EngineState;
import dev.sledge.local.LocalServices;
import dev.sledge.local.Narrator;
import dev.sledge.local.SecretFile;
import dev.sledge.local.StateDirectory;
import dev.sledge.pipeline.BuildStatuses;
import dev.sledge.pipeline.PushOutcome;
import dev.sledge.pipeline.PushOutcome.ImageOutcome;
import dev.sledge.pipeline.Verdict;
import dev.sledge.pipeline.WebhookReceiver;
import dev.sledge.report.Printable;
import dev.sledge.webhook.SharedSecret;
import dev.sledge.webhook.WebhookSecrets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Takes in what the configured forges send, and builds it on this machine: the functions and the queue of the cloud in one process. */
final class BuildServer implements AutoCloseable {
    private static final int LONGEST_LINE = 400;

    private final Consumer<String> log;
    private final WebhookReceiver receiver;
    private final LocalPush push;
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

    /**
     * Starts what builds need, and then to work on what was left in the queue.
     *
     * @throws UserErrorException if the environment says something that cannot be, or nothing that could prove a delivery
     */
    BuildServer(Map<String, String> environment, Consumer<String> log) {
        this.log = line -> log.accept(Printable.line(line, LONGEST_LINE));
        var settings = new ForgeEnvironment(environment);
        var secrets = secrets(settings, SecretFile.of(environment));
        var sites = Arrays.stream(Forge.values())
                .flatMap(forge -> settings.forgeSite(forge).stream())
                .toList();
        var forges = new Forges(sites);
        try {
            var queue = closing(EventFiles.open(
                    StateDirectory.of(environment).root().resolve("serve"), InstantSource.system(), this.log));
            var services = closing(new LocalServices(environment, new EngineState.Disk(), new Progress(this.log)));
            loopbackPorts(sites).forEach(services::expose);
            push = new LocalPush(
                    services,
                    forges,
                    forges,
                    new ToldBuilds(
                            services.builds(),
                            plan -> forges.gitEnvironment(plan.source().repository())),
                    Asker.FORGE,
                    new BuildStatuses(forges, Optional.empty(), this.log));
            receiver = new WebhookReceiver(secrets, settings.hosts(), queue, Clock.systemUTC(), this.log);
            closing(EventWorker.start(queue, this::handle, this.log));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T closing(T part) {
        toClose.push(part);
        return part;
    }

    /** Those of the environment, and those that {@code sledge connect} keeps, read anew each time: a new one counts at once. */
    private static WebhookSecrets secrets(ForgeEnvironment settings, SecretFile file) {
        var hosts = settings.hosts();
        WebhookSecrets secrets = forge -> {
            var all = new ArrayList<SharedSecret>(settings.secrets(forge, Scope.ENFORCED));
            Optional.ofNullable(hosts.get(forge)).ifPresent(host -> all.addAll(file.secrets(host)));
            return all;
        };
        if (Arrays.stream(Forge.values()).allMatch(forge -> secrets.read(forge).isEmpty())) {
            throw new UserErrorException(
                    "no webhook secret is known: nothing could be proved; sledge connect makes one,"
                            + " and SLEDGE_WEBHOOK_SECRET_GITHUB, or that of another forge, names one that is there");
        }
        return secrets;
    }

    /** Builds run in containers, which have a loopback of their own. */
    private static List<Integer> loopbackPorts(List<ForgeSite> sites) {
        return sites.stream()
                .map(ForgeSite::url)
                .filter(url ->
                        url.getHost().equals("localhost") || url.getHost().startsWith("127."))
                .map(url -> url.getPort() < 0 ? 80 : url.getPort())
                .distinct()
                .toList();
    }

    /** Where a build is, a line a phase; its steps are in its record. */
    private record Progress(Consumer<String> log) implements Narrator {
        @Override
        public void say(String what) {
            log.accept(what);
        }

        @Override
        public void phase(String name) {
            log.accept("phase " + name);
        }
    }

    WebhookReceiver receiver() {
        return receiver;
    }

    private void handle(RepositoryEvent event) {
        var subject = event.repository().host() + "/" + event.repository() + " "
                + event.ref().full();
        log.accept(subject + ": taken up");
        told(push.handle(event, Optional.empty())).forEach(line -> log.accept(subject + ": " + line));
    }

    private static List<String> told(Pushing pushing) {
        return switch (pushing.outcome()) {
            case PushOutcome.NothingToBuild(var why) -> List.of("nothing to build: " + why);
            case PushOutcome.Unbuildable(var problems) ->
                problems.stream().map(problem -> "not built: " + problem).toList();
            case PushOutcome.Planned(var images, var warnings) ->
                Stream.concat(
                                pushing.records().stream().map(BuildServer::told),
                                images.stream().flatMap(BuildServer::told))
                        .toList();
        };
    }

    private static String told(BuildRecord record) {
        var image =
                record.image().isEmpty() ? "" : "; " + record.plan().output().commitImage();
        return record.plan().source().commit() + " " + Verdict.of(record).words() + image;
    }

    private static Stream<String> told(ImageOutcome image) {
        return switch (image) {
            case ImageOutcome.Started started -> Stream.empty();
            case ImageOutcome.RunsAlready running -> Stream.empty();
            case ImageOutcome.BuiltAlready(var plan, var build) ->
                Stream.of("nothing to build: " + plan.output().commitImage() + " was built by " + build.id());
        };
    }

    /** Ends in the reverse order, so that nothing is taken up that could not be ended. */
    @Override
    public void close() {
        while (!toClose.isEmpty()) {
            try {
                toClose.pop().close();
            } catch (Exception e) { // each is ended, whatever became of the others
                log.accept("could not be ended: " + e.getMessage());
            }
        }
    }
}
