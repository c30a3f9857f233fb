package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.cli.ForgeEnvironment.Scope;
import dev.sledge.event.Forge;
import dev.sledge.local.WebhookServer;
import dev.sledge.pipeline.WebhookReceiver;
import dev.sledge.webhook.Answer;
import dev.sledge.webhook.HttpRequest;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sledge serve}: a webhook receiver on this machine. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Receives webhooks at /hook/FORGE and builds on this machine what they ask for, one after the other.",
            "What is accepted is on the disk before it is answered, and is taken up again at the next start.",
        },
        footer = {
            "",
            "Secrets are those that sledge connect keeps. Another one is taken from SLEDGE_WEBHOOK_SECRET_GITHUB,",
            "_GITLAB, _BITBUCKET, _BITBUCKET_DC or _GITEA, the previous one, during a rotation, from the same",
            "with _PREVIOUS, the repositories that it may speak for from SLEDGE_REPOSITORIES_GITHUB, ...",
            "Files are read and statuses are told with SLEDGE_GITHUB_TOKEN, ...; the site of a forge of your",
            "own is in SLEDGE_GITHUB_URL, ..."
        })
final class ServeCommand implements Callable<Integer> {
    private static final int SECONDS_TO_END = 30;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port to listen on; 0, the default, takes a free one.")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on, ${DEFAULT-VALUE} unless said otherwise.")
    private String address = "127.0.0.1";

    @Option(
            names = "--dry-run",
            description =
                    "Only answer what a delivery says: nothing is queued, built or read, and a secret may speak for all repositories.")
    private boolean dryRun;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Answering answering;

    @Override
    public Integer call() throws InterruptedException {
        var stop = new CountDownLatch(1);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            await(ended);
        }));
        try {
            serve(stop);
        } finally {
            ended.countDown();
        }
        return ExitCode.DONE.status();
    }

    private void serve(CountDownLatch stop) throws InterruptedException {
        if (dryRun) {
            listen(dryRun(System.getenv(), this::log), stop);
        } else {
            try (var builds = new BuildServer(System.getenv(), this::log)) {
                listen(builds.receiver(), stop);
            }
        }
    }

    private void listen(WebhookReceiver receiver, CountDownLatch stop) throws InterruptedException {
        try (var server = WebhookServer.start(
                new InetSocketAddress(address, port), WebhookReceiver.LARGEST, request -> answer(receiver, request))) {
            listening("http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + server.port());
            stop.await();
        }
    }

    private void listening(String url) {
        if (answering.json) {
            answering.print(new JsonMapper().createObjectNode().put("listening", url));
        } else {
            answering.print("listening on " + url + "\n");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A receiver that says what deliveries say, wherever their forges live and whatever their repositories are. */
    static WebhookReceiver dryRun(Map<String, String> environment, Consumer<String> faults) {
        var forges = new ForgeEnvironment(environment);
        var hosts = forges.hosts();
        Arrays.stream(Forge.values()).forEach(forge -> hosts.putIfAbsent(forge, forge.route()));
        var secrets = forges.allSecrets(Scope.IGNORED);
        return new WebhookReceiver(
                forge -> secrets.getOrDefault(forge, List.of()),
                hosts,
                (delivery, event) -> {},
                Clock.systemUTC(),
                faults);
    }

    private Answer answer(WebhookReceiver receiver, HttpRequest request) {
        var answer = receiver.answer(request);
        log(request.method().replaceAll("[^A-Z]", "?") + " " + request.path().replaceAll("[^a-z/-]", "?") + " "
                + answer.logged());
        return answer;
    }

    private void log(String line) {
        answering.err().println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + line);
        answering.err().flush();
    }
}
