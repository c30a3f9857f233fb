package dev.sledge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.event.Repository;
import dev.sledge.pipeline.Connection.Intention;
import dev.sledge.pipeline.Connection.Renewal;
import dev.sledge.pipeline.Connection.SecretKind;
import dev.sledge.pipeline.Connection.SecretOf;
import dev.sledge.pipeline.RepositoryHooks.Registered;
import dev.sledge.pipeline.RepositoryHooks.Target;
import dev.sledge.webhook.SecretsInMemory;
import dev.sledge.webhook.WebhookSecret;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final Repository REPOSITORY = new Repository("git.example.com", "octocat/hello-world");
    private static final URI URL = URI.create("https://sledge.example.com/hook/gitea");

    private final HooksInMemory hooks = new HooksInMemory();
    private final SecretsInMemory secrets = new SecretsInMemory();
    private int made;
    private final Connection connection = new Connection(hooks, secrets, new SecretKind() {
        @Override
        public WebhookSecret create() {
            return new WebhookSecret("secret-" + ++made);
        }

        @Override
        public boolean fits(WebhookSecret secret) {
            return !secret.reveal().equals("of another kind");
        }
    });

    private void connect(Renewal renewal) {
        if (connection.intend(REPOSITORY, URL, renewal) instanceof Intention.Register register) {
            connection.carryOut(REPOSITORY, URL, register);
        }
    }

    private String kept() {
        return secrets.current(REPOSITORY).map(WebhookSecret::reveal).orElse("none");
    }

    @Test
    void lookingChangesNothing() {
        assertThat(connection.intend(REPOSITORY, URL, Renewal.KEEP))
                .isInstanceOfSatisfying(Intention.Register.class, it -> {
                    assertThat(it.target()).isEqualTo(new Target.New());
                    assertThat(it.secret()).isEqualTo(SecretOf.NEW);
                });
        assertThat(hooks.list(REPOSITORY)).isEmpty();
        assertThat(kept()).isEqualTo("none");
    }

    @Test
    void theForgeSignsWithTheSecretThatIsKept() {
        connect(Renewal.KEEP);
        assertThat(hooks.list(REPOSITORY)).extracting(Registered::url).containsExactly(URL);
        assertThat(hooks.secret(REPOSITORY).reveal()).isEqualTo(kept()).isEqualTo("secret-1");
    }

    @Test
    void connectingTwiceLeavesOneWebhookAndItsSecret() {
        connect(Renewal.KEEP);
        assertThat(connection.intend(REPOSITORY, URL, Renewal.KEEP)).isEqualTo(new Intention.Nothing());
        connect(Renewal.KEEP);
        assertThat(hooks.list(REPOSITORY)).hasSize(1);
        assertThat(hooks.secret(REPOSITORY).reveal()).isEqualTo(kept()).isEqualTo("secret-1");
    }

    @Test
    void aRenewalChangesBothEnds() {
        connect(Renewal.KEEP);
        connect(Renewal.RENEW);
        assertThat(hooks.list(REPOSITORY)).hasSize(1);
        assertThat(hooks.secret(REPOSITORY).reveal()).isEqualTo(kept()).isEqualTo("secret-2");
    }

    @Test
    void otherWebhooksAreLeftAlone() {
        var other = new Registered("7", URI.create("https://ci.example.com/hook"), true);
        hooks.add(REPOSITORY, other);
        connect(Renewal.KEEP);
        assertThat(hooks.list(REPOSITORY)).hasSize(2).contains(other);
    }

    @Test
    void aWebhookWhoseSecretIsUnknownGetsANewOne() {
        hooks.add(REPOSITORY, new Registered("7", URL, true));
        connect(Renewal.KEEP);
        assertThat(hooks.list(REPOSITORY)).extracting(Registered::id).containsExactly("7");
        assertThat(hooks.secret(REPOSITORY).reveal()).isEqualTo(kept());
    }

    @Test
    void aWebhookThatSendsTooLittleIsPutRightWithTheSecretItHas() {
        secrets.replace(REPOSITORY, new WebhookSecret("kept"));
        hooks.add(REPOSITORY, new Registered("7", URL, false));
        connect(Renewal.KEEP);
        assertThat(hooks.list(REPOSITORY)).containsExactly(new Registered("7", URL, true));
        assertThat(hooks.secret(REPOSITORY).reveal()).isEqualTo("kept");
    }

    @Test
    void aForgeThatFailsIsAskedAgainWithTheSameSecret() {
        hooks.goDown();
        assertThatExceptionOfType(HooksUnavailableException.class).isThrownBy(() -> connect(Renewal.KEEP));
        hooks.comeBack();
        connect(Renewal.KEEP);
        assertThat(made).isEqualTo(1);
        assertThat(hooks.secret(REPOSITORY).reveal()).isEqualTo(kept());
    }

    @Test
    void aSecretOfAnotherKindIsReplaced() {
        secrets.replace(REPOSITORY, new WebhookSecret("of another kind"));
        hooks.add(REPOSITORY, new RepositoryHooks.Registered("1", URL, true));
        var intention = connection.intend(REPOSITORY, URL, Renewal.KEEP);
        assertThat(intention)
                .isEqualTo(new Intention.Register(
                        new RepositoryHooks.Target.Existing("1"),
                        SecretOf.NEW,
                        "its secret is not known here, or of another kind"));
        connection.carryOut(REPOSITORY, URL, (Intention.Register) intention);
        assertThat(secrets.current(REPOSITORY).orElseThrow().reveal()).isEqualTo("secret-1");
    }
}
