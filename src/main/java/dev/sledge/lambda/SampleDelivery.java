package dev.sledge.lambda;

import dev.sledge.event.Forge;
import dev.sledge.pipeline.WebhookReceiver;
import dev.sledge.webhook.Body;
import dev.sledge.webhook.HttpRequest;
import dev.sledge.webhook.RepositoryNames;
import dev.sledge.webhook.SharedSecret;
import dev.sledge.webhook.WebhookRequest;
import dev.sledge.webhook.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A delivery that nobody sent, signed with a secret that is none: from the request to the event, without a service. */
final class SampleDelivery {
    private static final String SECRET = "sample";
    private static final String PAYLOAD = """
            {"ref":"refs/heads/main","before":"%1$s","after":"%2$s","deleted":false,"head_commit":{"id":"%2$s","message":"m"},
             "repository":{"full_name":"sample/delivery","default_branch":"main"}}""".formatted("0".repeat(40), "1".repeat(40));

    private SampleDelivery() {}

    static void prime() {
        var receiver = new WebhookReceiver(
                forge -> List.of(new SharedSecret(new WebhookSecret(SECRET), RepositoryNames.ALL)),
                Map.of(Forge.GITHUB, "sledge.invalid"),
                (delivery, event) -> {},
                Clock.systemUTC(),
                fault -> {});
        var answer = receiver.answer(new HttpRequest(
                "POST",
                "/hook/github",
                new WebhookRequest(
                        Map.of(
                                "content-type", List.of("application/json"),
                                "x-github-event", List.of("push"),
                                "x-github-delivery", List.of("sample"),
                                "x-hub-signature-256", List.of("sha256=" + signature())),
                        Body.utf8(PAYLOAD))));
        if (answer.status() != 202) {
            throw new IllegalStateException("the sample is not accepted: " + answer.logged());
        }
    }

    private static String signature() {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(PAYLOAD.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
