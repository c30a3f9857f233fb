package dev.sledge.webhook;

import static dev.sledge.webhook.Deliveries.GITHUB;
import static dev.sledge.webhook.Deliveries.SECRET;
import static dev.sledge.webhook.Deliveries.sample;
import static dev.sledge.webhook.Deliveries.signature;
import static dev.sledge.webhook.Deliveries.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may speak: the signature of GitHub over the raw bytes. */
class GitHubSignatureTest {
    private static final Body HELLO = Body.utf8("Hello, World!");

    /** The one that GitHub publishes for this secret and this body. */
    private static final String PUBLISHED = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private static Received withSignatures(Body body, String... signatures) {
        return GITHUB.read(new WebhookRequest(
                Map.of(
                        "X-Hub-Signature-256", List.of(signatures),
                        "X-GitHub-Event", List.of("push"),
                        "X-GitHub-Delivery", List.of("1")),
                body));
    }

    @Test
    void theSecretSignsAsGitHubPublishes() {
        assertThat(signature(HELLO)).isEqualTo(PUBLISHED);
        // It holds, and so the body is read, which is no JSON.
        assertThat(withSignatures(HELLO, PUBLISHED)).isInstanceOf(Received.Malformed.class);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(useHeadersInDisplayName = true, quoteCharacter = '"', textBlock = """
            CASE,                 BODY,            SIGNATURE
            body changed,         "Hello, World?", sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17
            body empty,           "",              sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17
            line feed added,      "Hello, World!\n", sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17
            no signature,         "Hello, World!", ""
            only its name,        "Hello, World!", sha256=
            sha1 of it,           "Hello, World!", sha1=757107ea0eb2509fc211221cce984b8a37570b6d
            sha1 by name,         "Hello, World!", sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17
            no name,              "Hello, World!", 757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17
            name in upper case,   "Hello, World!", SHA256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17
            not hex,              "Hello, World!", sha256=zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17
            first digit changed,  "Hello, World!", sha256=657107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17
            last digit changed,   "Hello, World!", sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e16
            cut,                  "Hello, World!", sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e
            longer,               "Hello, World!", sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1700
            two in one,           "Hello, World!", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17,sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
            blank in front,       "Hello, World!", " sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
            """)
    void refuses(String why, String body, String signature) {
        var refused = withSignatures(Body.utf8(body), signature);
        assertThat(refused).isInstanceOf(Received.Refused.class);
        assertThat(refused.toString()).doesNotContain("Hello", "757107ea");
    }

    @Test
    void refusesWhatIsNotSignedOrSignedTwice() {
        assertThat(withSignatures(HELLO)).isInstanceOf(Received.Refused.class);
        assertThat(withSignatures(HELLO, PUBLISHED, PUBLISHED)).isInstanceOf(Received.Refused.class);
    }

    /** {@code printf 'Hello, World!' | openssl dgst -sha1 -hmac "It's a Secret to Everybody"}: what old Enterprise Servers send. */
    @Test
    void theWeakerSignatureCountsOnlyWhereTheBetterOneIsMissing() {
        var sha1 = "sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59";
        var old = Map.of("X-Hub-Signature", List.of(sha1));
        assertThat(GITHUB.read(new WebhookRequest(old, HELLO))).isInstanceOf(Received.Malformed.class);
        var both = Map.of("X-Hub-Signature", List.of(sha1), "X-Hub-Signature-256", List.of("sha256=" + "0".repeat(64)));
        assertThat(GITHUB.read(new WebhookRequest(both, HELLO))).isInstanceOf(Received.Refused.class);
        var named = Map.of("X-Hub-Signature", List.of(PUBLISHED));
        assertThat(GITHUB.read(new WebhookRequest(named, HELLO))).isInstanceOf(Received.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-hub-signature-256", "X-HUB-SIGNATURE-256", "X-Hub-Signature-256"})
    void headersAreFoundInAnyCase(String name) {
        var headers = Map.of(name, List.of(PUBLISHED));
        assertThat(GITHUB.read(new WebhookRequest(headers, HELLO))).isInstanceOf(Received.Malformed.class);
    }

    @Test
    void aHeaderThatComesInTwoCasesComesTwice() {
        var headers = Map.of("X-Hub-Signature-256", List.of(PUBLISHED), "x-hub-signature-256", List.of(PUBLISHED));
        assertThat(GITHUB.read(new WebhookRequest(headers, HELLO))).isInstanceOf(Received.Refused.class);
    }

    @Test
    void hexMayBeInUpperCase() {
        assertThat(withSignatures(HELLO, "sha256=" + PUBLISHED.substring(7).toUpperCase(Locale.ROOT)))
                .isInstanceOf(Received.Malformed.class);
    }

    @Test
    void refusesABodyWithAnyByteChanged() {
        var body = sample("github-push-branch.json").getBytes(StandardCharsets.UTF_8);
        var signature = signature(new Body(body));
        assertThat(withSignatures(new Body(body), signature)).isInstanceOf(Received.Verified.class);
        for (var i = 0; i < body.length; i++) {
            var changed = body.clone();
            changed[i] ^= 1;
            assertThat(withSignatures(new Body(changed), signature))
                    .as("byte %d", i)
                    .isInstanceOf(Received.Refused.class);
        }
    }

    @Test
    void theSecretBeforeCountsDuringARotation() {
        var rotating = Deliveries.github(new WebhookSecret("new"), SECRET);
        var request = signed("push", Body.utf8(sample("github-push-branch.json")));
        assertThat(rotating.read(request)).isInstanceOf(Received.Verified.class);
        var rotated = Deliveries.github(new WebhookSecret("new"));
        assertThat(rotated.read(request)).isInstanceOf(Received.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void noSecretIsEmpty(String secret) {
        assertThatIllegalArgumentException().isThrownBy(() -> new WebhookSecret(secret));
    }

    @Test
    void nothingIsReadWithoutASecret() {
        assertThatIllegalArgumentException().isThrownBy(Deliveries::github);
    }

    @Test
    void secretsAndBodiesDoNotPrint() {
        assertThat(SECRET.toString() + HELLO).doesNotContain("Secret to", "Hello");
    }
}
