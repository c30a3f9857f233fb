package dev.sledge.pipeline;

import dev.sledge.event.Forge;
import dev.sledge.webhook.Answer;
import dev.sledge.webhook.HttpRequest;
import dev.sledge.webhook.Received;
import dev.sledge.webhook.SecretUnavailableException;
import dev.sledge.webhook.SharedSecret;
import dev.sledge.webhook.WebhookRequest;
import dev.sledge.webhook.WebhookSecrets;
import dev.sledge.webhook.Webhooks;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Answers every request to {@code /hook/{forge}}, through whatever front it came: what can be told without reading the body first, then the
 * proof, then what the delivery says. A delivery that is accepted is safe in the queue before it is answered.
 */
public final class WebhookReceiver {
    /** GitHub and GitLab send nothing that is larger, in bytes. */
    public static final int LARGEST = 25 << 20;

    private static final String HOOK = "/hook/";
    private static final Pattern JSON = Pattern.compile("(?i)application/([a-z0-9.-]+\\+)?json *(;.*)?");
    private static final Pattern FORM = Pattern.compile("(?i)application/x-www-form-urlencoded *(;.*)?");

    private final WebhookSecrets secrets;
    private final Map<Forge, String> hosts;
    private final Deliveries deliveries;
    private final InstantSource clock;
    private final Consumer<String> faults;

    /**
     * @param hosts of the forges, as repositories carry them; a forge without one is not answered
     * @param faults hears why a delivery could not be taken, in words without any secret
     */
    public WebhookReceiver(
            WebhookSecrets secrets,
            Map<Forge, String> hosts,
            EventQueue queue,
            InstantSource clock,
            Consumer<String> faults) {
        this.secrets = secrets;
        this.hosts = Map.copyOf(hosts);
        this.deliveries = new Deliveries(queue);
        this.clock = clock;
        this.faults = faults;
    }

    public Answer answer(HttpRequest request) {
        if (!request.path().startsWith(HOOK)) {
            return Answer.error(404, "webhooks go to " + HOOK + "FORGE");
        }
        var forge = Forge.ofRoute(request.path().substring(HOOK.length()));
        if (forge.isEmpty()) {
            return Answer.error(404, "webhooks go to " + HOOK + "FORGE, which is one of " + routes());
        }
        if (!request.method().equals("POST")) {
            return Answer.notAllowed();
        }
        if (request.content().body().size() > LARGEST) {
            return Answer.error(413, "the body is larger than 25 MB");
        }
        if (!isRead(request.content(), forge.get())) {
            return Answer.error(415, "the webhook's content type must be application/json");
        }
        return answer(forge.get(), request.content());
    }

    private static String routes() {
        return Arrays.stream(Forge.values()).map(Forge::route).collect(Collectors.joining(", "));
    }

    /** GitHub and Gitea offer forms; no type at all is taken for JSON, two are taken for none. */
    private static boolean isRead(WebhookRequest request, Forge forge) {
        var forms = forge == Forge.GITHUB || forge == Forge.GITEA;
        var types = request.header("Content-Type");
        return types.size() <= 1
                && types.stream()
                        .allMatch(type -> JSON.matcher(type).matches()
                                || (forms && FORM.matcher(type).matches()));
    }

    private Answer answer(Forge forge, WebhookRequest request) {
        try {
            if (!hosts.containsKey(forge)) {
                return unknown(forge);
            }
            var known = secrets.read(forge);
            var received = received(forge, known, request);
            if (isProved(received)) {
                return accepted(forge, received);
            }
            var newer = secrets.readAgain(forge);
            return accepted(forge, newer.equals(known) ? received : received(forge, newer, request));
        } catch (SecretUnavailableException | EventNotQueuedException e) {
            faults.accept(String.valueOf(e.getMessage()));
            return Answer.error(503, "the delivery could not be taken; deliver it again");
        }
    }

    /** Nothing where there is no secret to prove it by. */
    private Optional<Received> received(Forge forge, List<SharedSecret> known, WebhookRequest request) {
        return known.isEmpty()
                ? Optional.empty()
                : Optional.of(new Webhooks(forge, String.valueOf(hosts.get(forge)), known, clock).read(request));
    }

    private static boolean isProved(Optional<Received> received) {
        return received.isPresent() && !(received.get() instanceof Received.Refused);
    }

    private Answer accepted(Forge forge, Optional<Received> received) {
        return received.isEmpty() ? unknown(forge) : Answer.to(deliveries.accept(received.get()));
    }

    /** Never taken for good: without a secret nothing is proved. */
    private Answer unknown(Forge forge) {
        faults.accept("a delivery of " + forge.route() + " came, and neither its secret nor its address is configured");
        return Answer.error(503, "no secret is configured for " + forge.route());
    }
}
