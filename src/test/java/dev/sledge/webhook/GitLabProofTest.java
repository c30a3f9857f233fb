package dev.sledge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sledge.event.Forge;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard Webhooks' own vector: key, id, time, body and signature are those that its libraries test with. */
class GitLabProofTest {
    private static final WebhookSecret TOKEN = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final long SENT = 1_614_265_330;
    private static final Body BODY = Body.utf8("{\"test\": 2432232314}");

    private static Received read(long now, Map<String, List<String>> headers, Body body, WebhookSecret... secrets) {
        var shared = Arrays.stream(secrets)
                .map(secret -> new SharedSecret(secret, RepositoryNames.ALL))
                .toList();
        return new Webhooks(Forge.GITLAB, "gitlab.com", shared, InstantSource.fixed(Instant.ofEpochSecond(now)))
                .read(new WebhookRequest(headers, body));
    }

    private static Map<String, List<String>> headers(String signature) {
        return new HashMap<>(Map.of(
                "webhook-id", List.of("msg_p5jXN8AQM9LWM0D4loKWxJek"),
                "webhook-timestamp", List.of(String.valueOf(SENT)),
                "webhook-signature", List.of(signature)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 300, -300})
    void theVectorHoldsWithinFiveMinutes(long later) {
        // It is proved, and is no push.
        assertThat(read(SENT + later, headers(SIGNATURE), BODY, TOKEN)).isInstanceOf(Received.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {301, -301, 1_000_000})
    void anOldOneIsNotTakenAgain(long later) {
        assertThat(read(SENT + later, headers(SIGNATURE), BODY, TOKEN)).isInstanceOf(Received.Refused.class);
    }

    @Test
    void oneOfSeveralSignaturesIsEnough() {
        var several = "v1a,abc v1,AAAA " + SIGNATURE;
        assertThat(read(SENT, headers(several), BODY, TOKEN)).isInstanceOf(Received.Malformed.class);
        assertThat(read(SENT, headers(SIGNATURE), BODY, new WebhookSecret("whsec_AAAA"), TOKEN))
                .isInstanceOf(Received.Malformed.class);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA=",
                "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1,",
                "v1"
            },
            delimiter = ';')
    void anotherSignatureIsRefused(String signature) {
        assertThat(read(SENT, headers(signature), BODY, TOKEN)).isInstanceOf(Received.Refused.class);
    }

    @Test
    void bodyIdAndTimeAreSigned() {
        var bytes = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
        for (var i = 0; i < bytes.length; i++) {
            var changed = bytes.clone();
            changed[i] ^= 1;
            assertThat(read(SENT, headers(SIGNATURE), new Body(changed), TOKEN)).isInstanceOf(Received.Refused.class);
        }
        for (var header : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
            for (var values : List.of(List.<String>of(), List.of(""), List.of("1", "1"), List.of("1614265331"))) {
                var headers = headers(SIGNATURE);
                headers.put(header, values);
                assertThat(read(SENT, headers, BODY, TOKEN)).isInstanceOf(Received.Refused.class);
            }
        }
    }

    @Test
    void aSigningTokenAsksForSignaturesAlone() {
        for (var sent : List.of("plain", TOKEN.reveal())) {
            assertThat(read(SENT, Map.of("X-Gitlab-Token", List.of(sent)), BODY, TOKEN, new WebhookSecret("plain")))
                    .isInstanceOf(Received.Refused.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "octocat/hello, octocat/hello, false",
        "octocat/hello, octocat/*,     false",
        "octocat/*,     octocat/hello, false",
        "*,             octocat/hello, false",
        "octocat/hello, *,             false",
        "octocat/other, octocat/hello, true",
        "mona/*,        octocat/*,     true",
        "octocat/*,     octocat-two/x, true"
    })
    void aPlainTokenCountsOnlyForWhatNoSigningTokenSpeaksFor(String signing, String plain, boolean counts) {
        var secrets = List.of(
                new SharedSecret(TOKEN, RepositoryNames.parse(signing)),
                new SharedSecret(new WebhookSecret("plain"), RepositoryNames.parse(plain)));
        var webhooks = new Webhooks(Forge.GITLAB, "gitlab.com", secrets, InstantSource.system());
        var received = webhooks.read(new WebhookRequest(Map.of("X-Gitlab-Token", List.of("plain")), BODY));
        assertThat(received).isInstanceOf(counts ? Received.Malformed.class : Received.Refused.class);
    }

    @Test
    void aBadSignatureIsNotMadeGoodByAPlainToken() {
        var secrets = List.of(
                new SharedSecret(TOKEN, RepositoryNames.parse("octocat/other")),
                new SharedSecret(new WebhookSecret("plain"), RepositoryNames.parse("octocat/hello")));
        var headers = headers("v1,AAAA");
        headers.put("X-Gitlab-Token", List.of("plain"));
        var clock = InstantSource.fixed(Instant.ofEpochSecond(SENT));
        assertThat(new Webhooks(Forge.GITLAB, "gitlab.com", secrets, clock).read(new WebhookRequest(headers, BODY)))
                .isInstanceOf(Received.Refused.class);
    }

    @Test
    void withoutASigningTokenThePlainOneCounts() {
        var headers = Map.of("X-Gitlab-Token", List.of("plain"));
        assertThat(read(SENT, headers, BODY, new WebhookSecret("plain"))).isInstanceOf(Received.Malformed.class);
        assertThat(read(SENT, headers, BODY, new WebhookSecret("new"), new WebhookSecret("plain")))
                .isInstanceOf(Received.Malformed.class);
        assertThat(read(SENT, headers, BODY, new WebhookSecret("plain2"))).isInstanceOf(Received.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_", "whsec_=", "whsec_???"})
    void aSigningTokenHasAKey(String token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(SENT, Map.of(), BODY, new WebhookSecret(token)))
                .withMessage("a signing token must be whsec_ and the base64 of a key")
                .withNoCause();
    }
}
