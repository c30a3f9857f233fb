package dev.sledge.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.event.CommitId;
import dev.sledge.event.Repository;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link SourceFiles} does. */
public abstract class SourceFilesContract {
    /** Those under test. */
    protected abstract SourceFiles files();

    /** A repository that they can read. */
    protected abstract Repository repository();

    /** Commits to that repository; the files by their paths are the whole content of the commit. */
    protected abstract CommitId commit(Map<String, byte[]> files);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private SourceFile read(CommitId commit, String path) {
        return files().read(repository(), commit, path);
    }

    private void assertFound(CommitId commit, String path, byte[] content) {
        assertThat(read(commit, path))
                .isInstanceOfSatisfying(
                        SourceFile.Found.class,
                        found -> assertThat(found.content()).isEqualTo(content));
    }

    @Test
    protected void aFileHasTheVeryBytesOfTheCommit() {
        var content = bytes("FROM scratch\r\n# naïve \0\ufeff\n");
        var latin = new byte[] {'#', (byte) 0xe9, '\n'};
        var commit = commit(
                Map.of("Dockerfile", content, "a/b c/Dockerfile.ü", bytes("x"), "empty", new byte[0], "l", latin));
        assertFound(commit, "Dockerfile", content);
        assertFound(commit, "a/b c/Dockerfile.ü", bytes("x"));
        assertFound(commit, "empty", new byte[0]);
        assertFound(commit, "l", latin);
    }

    @Test
    protected void whatTheCommitDoesNotHaveIsMissing() {
        var commit = commit(Map.of("Dockerfile", bytes("x"), "web/Dockerfile", bytes("x")));
        assertThat(read(commit, "dockerfile")).isEqualTo(new SourceFile.Missing());
        assertThat(read(commit, "Dockerfile/x")).isEqualTo(new SourceFile.Missing());
        assertThat(read(commit, "web/x")).isEqualTo(new SourceFile.Missing());
        assertThat(read(commit, "we")).isEqualTo(new SourceFile.Missing());
    }

    @Test
    protected void aDirectoryIsNoFile() {
        var commit = commit(Map.of("web/Dockerfile", bytes("x")));
        assertThat(read(commit, "web")).isInstanceOf(SourceFile.Unreadable.class);
    }

    @Test
    protected void anEarlierCommitStaysAsItWas() {
        var one = commit(Map.of("Dockerfile", bytes("one")));
        var two = commit(Map.of("Dockerfile", bytes("two")));
        assertFound(one, "Dockerfile", bytes("one"));
        assertFound(two, "Dockerfile", bytes("two"));
    }

    @Test
    protected void noAnswerIsNoMissingFile() {
        commit(Map.of("Dockerfile", bytes("x")));
        var unknown = new CommitId("0123456789".repeat(4));
        assertThatExceptionOfType(SourceUnavailableException.class).isThrownBy(() -> read(unknown, "Dockerfile"));
        var commit = commit(Map.of("Dockerfile", bytes("x")));
        var other = new Repository("sledge.invalid", "nobody/nothing");
        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> files().read(other, commit, "Dockerfile"));
    }

    @Test
    protected void theRemoteCarriesNoCredential() {
        var remote = files().remote(repository());
        assertThat(remote.isAbsolute()).isTrue();
        assertThat(remote.getUserInfo()).isNull();
        assertThat(remote.getQuery()).isNull();
    }
}
