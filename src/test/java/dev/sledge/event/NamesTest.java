package dev.sledge.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @Test
    void aCommitIsNamedInFull() {
        assertThat(new CommitId("a".repeat(40)).hex()).hasSize(40);
        assertThat(new CommitId("0123456789abcdef".repeat(4)).hex()).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a1b2c3d",
                "A1B2C3D4E5F60718293A4B5C6D7E8F9001122334",
                "main",
                " a1b2c3d4e5f60718293a4b5c6d7e8f9001122334"
            })
    void nothingElseIsACommit(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CommitId(text));
    }

    @ParameterizedTest
    @CsvSource({
        "github.com, octocat/hello-world",
        "git.example.org:8443, group/sub group/Ünïcode",
        "local, repository",
        "127.0.0.1, ~user/.hidden",
    })
    void aRepositoryIsNamedAsItsForgeNamesIt(String host, String fullName) {
        assertThat(new Repository(host, fullName)).hasToString(fullName);
    }

    @ParameterizedTest
    @CsvSource({
        "'', a/b",
        "github.com/x, a/b",
        "user@github.com, a/b",
        "-github.com, a/b",
        "github.com:port, a/b",
        "github.com, ''",
        "github.com, /a",
        "github.com, a/",
        "github.com, a//b",
        "github.com, a/../b",
        "github.com, ./a",
        "github.com, 'a\nb'",
    })
    void noPathLeavesTheRepositorysPlace(String host, String fullName) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Repository(host, fullName));
    }

    @Test
    void aRepositorysNameHasAnEnd() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Repository("github.com", "x".repeat(401)));
    }
}
