package dev.sledge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.event.Repository;
import org.junit.jupiter.api.Test;

/** What every {@link SecretKeeper} does. */
public abstract class SecretKeeperContract {
    private static final Repository ONE = new Repository("git.example.com", "octocat/hello-world");
    private static final Repository OTHER = new Repository("git.example.com", "octocat/hello");

    /** The one under test, empty. */
    protected abstract SecretKeeper keeper();

    private String current(Repository repository) {
        return keeper().current(repository).map(WebhookSecret::reveal).orElse("none");
    }

    @Test
    protected void aSecretIsOfItsRepositoryAlone() {
        assertThat(current(ONE)).isEqualTo("none");
        keeper().replace(ONE, new WebhookSecret("one"));
        assertThat(current(ONE)).isEqualTo("one");
        assertThat(current(OTHER)).isEqualTo("none");
    }

    @Test
    protected void theLastOneIsTheCurrentOne() {
        keeper().replace(ONE, new WebhookSecret("one"));
        keeper().replace(OTHER, new WebhookSecret("other"));
        keeper().replace(ONE, new WebhookSecret("two \"quoted\" 日本"));
        assertThat(current(ONE)).isEqualTo("two \"quoted\" 日本");
        assertThat(current(OTHER)).isEqualTo("other");
    }
}
