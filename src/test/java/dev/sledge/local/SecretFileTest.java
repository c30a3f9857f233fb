package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.event.Repository;
import dev.sledge.webhook.SecretKeeper;
import dev.sledge.webhook.SecretKeeperContract;
import dev.sledge.webhook.SecretUnavailableException;
import dev.sledge.webhook.WebhookSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest extends SecretKeeperContract {
    private static final Repository REPOSITORY = new Repository("git.example.com", "octocat/hello-world");

    @TempDir
    Path home;

    private Path file() {
        return home.resolve("sledge/webhooks.json");
    }

    private SecretFile secrets() {
        return SecretFile.of(Map.of("XDG_CONFIG_HOME", home.toString()));
    }

    @Override
    protected SecretKeeper keeper() {
        return secrets();
    }

    @Test
    void nobodyElseCanReadIt() throws IOException {
        secrets().replace(REPOSITORY, new WebhookSecret("one"));
        secrets().replace(REPOSITORY, new WebhookSecret("two"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("sledge"))))
                .isEqualTo("rwx------");
        try (var files = Files.list(home.resolve("sledge"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder("webhooks.json", "webhooks.lock");
        }
    }

    @Test
    void theSecretBeforeStaysGoodForItsRepository() {
        for (var secret : new String[] {"one", "two", "three"}) {
            secrets().replace(REPOSITORY, new WebhookSecret(secret));
        }
        var shared = secrets().secrets("git.example.com");
        assertThat(shared).extracting(each -> each.secret().reveal()).containsExactly("three", "two");
        assertThat(shared)
                .allSatisfy(each ->
                        assertThat(each.repositories().contain(REPOSITORY)).isTrue())
                .noneSatisfy(each -> assertThat(
                                each.repositories().contain(new Repository("git.example.com", "octocat/other")))
                        .isTrue());
        assertThat(secrets().secrets("other.example.com")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"git.example.com\": {\"octocat/hello-world\": {\"current\": \"s3cr3t", "null"})
    void aFileThatCannotBeReadIsNotWrittenOver(String text) throws IOException {
        Files.createDirectories(home.resolve("sledge"));
        Files.writeString(file(), text);
        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> secrets().replace(REPOSITORY, new WebhookSecret("one")))
                .withMessageContaining("webhooks.json")
                .withNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr3t"));
        assertThat(Files.readString(file())).isEqualTo(text);
    }
}
