package dev.sledge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.event.Forge;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.webhook.Body;
import dev.sledge.webhook.HttpRequest;
import dev.sledge.webhook.RepositoryNames;
import dev.sledge.webhook.SharedSecret;
import dev.sledge.webhook.WebhookRequest;
import dev.sledge.webhook.WebhookSecret;
import dev.sledge.webhook.WebhookSecrets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookReceiverTest {
    private static final Body BODY = Body.utf8("""
            {"ref":"refs/heads/main","before":"%s","after":"%s","head_commit":{"id":"%s","message":"x"},
             "repository":{"full_name":"octocat/hello","default_branch":"main"}}""".formatted("0".repeat(40), "1".repeat(40), "1".repeat(40)));

    private final List<RepositoryEvent> queue = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** Secrets of which the second comes to light when they are read again. */
    private static final class LateSecrets implements WebhookSecrets {
        private final List<SharedSecret> first;
        private final List<SharedSecret> second;
        private int again;

        LateSecrets(List<SharedSecret> first, List<SharedSecret> second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public List<SharedSecret> read(Forge forge) {
            return first;
        }

        @Override
        public List<SharedSecret> readAgain(Forge forge) {
            again++;
            return second;
        }
    }

    private static List<SharedSecret> secrets(String secret) {
        return List.of(new SharedSecret(new WebhookSecret(secret), RepositoryNames.ALL));
    }

    private int post(WebhookSecrets secrets, String signedWith, String... types) {
        var headers = Map.of(
                "X-GitHub-Event", List.of("push"),
                "X-GitHub-Delivery", List.of("1"),
                "Content-Type", List.of(types),
                "X-Hub-Signature-256",
                        List.of("sha256=" + HexFormat.of().formatHex(new WebhookSecret(signedWith).sign(BODY))));
        var receiver = new WebhookReceiver(
                secrets,
                Map.of(Forge.GITHUB, "github.com"),
                (delivery, event) -> queue.add(event),
                InstantSource.system(),
                faults::add);
        return receiver.answer(new HttpRequest("POST", "/hook/github", new WebhookRequest(headers, BODY)))
                .status();
    }

    @Test
    void aSecretThatWasMadeMeanwhileIsGoodAtOnce() {
        var late = new LateSecrets(secrets("old"), secrets("new"));
        assertThat(post(late, "new", "application/json")).isEqualTo(202);
        assertThat(queue).hasSize(1);
        assertThat(late.again).isEqualTo(1);
    }

    @Test
    void theFirstSecretOfAllIsGoodAtOnce() {
        assertThat(post(new LateSecrets(List.of(), secrets("new")), "new", "application/json"))
                .isEqualTo(202);
        assertThat(faults).isEmpty();
    }

    @Test
    void whatIsProvedAsksForNothingMore() {
        var late = new LateSecrets(secrets("old"), secrets("new"));
        assertThat(post(late, "old", "application/json")).isEqualTo(202);
        assertThat(late.again).isZero();
    }

    @Test
    void whatNoSecretProvesIsRefused() {
        assertThat(post(new LateSecrets(secrets("old"), secrets("new")), "guessed", "application/json"))
                .isEqualTo(401);
        assertThat(post(new LateSecrets(List.of(), List.of()), "guessed", "application/json"))
                .isEqualTo(503);
        assertThat(queue).isEmpty();
    }

    @Test
    void twoContentTypesAreNone() {
        assertThat(post(new LateSecrets(secrets("s"), secrets("s")), "s", "application/json", "application/json"))
                .isEqualTo(415);
    }
}
