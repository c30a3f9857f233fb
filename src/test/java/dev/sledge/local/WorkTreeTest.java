package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.Shell;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.source.SourceFile;
import dev.sledge.source.SourceFiles;
import dev.sledge.source.SourceFilesContract;
import dev.sledge.source.SourceUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A work tree made and committed with the real git, read with ours. */
class WorkTreeTest extends SourceFilesContract {
    @TempDir
    Path directory;

    private WorkTree tree;

    @BeforeEach
    void open() {
        git("init", "--quiet", "--initial-branch=main");
        git("remote", "add", "origin", "https://sledge.invalid/octocat/hello-world.git");
        git("config", "core.autocrlf", "false");
        tree = WorkTree.open(directory);
        tree.serve();
    }

    @AfterEach
    void close() {
        tree.close();
    }

    private String git(String... arguments) {
        var command = new ArrayList<>(List.of("git", "-c", "user.name=Test", "-c", "user.email=test@sledge.invalid"));
        command.addAll(List.of(arguments));
        var ran = Shell.run(directory, command, "");
        assertThat(ran.status()).as("%s: %s", command, ran.output()).isZero();
        return ran.output().strip();
    }

    @Override
    protected SourceFiles files() {
        return tree;
    }

    @Override
    protected Repository repository() {
        return new Repository("sledge.invalid", "octocat/hello-world");
    }

    @Override
    protected CommitId commit(Map<String, byte[]> files) {
        git("rm", "-rq", "--ignore-unmatch", ".");
        files.forEach((path, content) -> {
            try {
                var file = directory.resolve(path);
                Files.createDirectories(file.getParent());
                Files.write(file, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        git("add", "--all");
        return commitIndex();
    }

    private CommitId commitIndex() {
        git("commit", "--quiet", "--allow-empty", "-m", "x");
        return new CommitId(git("rev-parse", "HEAD"));
    }

    @Test
    void onlyWhatIsCommittedIsRead() throws IOException {
        var commit = commit(Map.of("Dockerfile", new byte[] {1}));
        Files.write(directory.resolve("Dockerfile"), new byte[] {2});
        assertThat(tree.read(repository(), commit, "Dockerfile"))
                .isInstanceOfSatisfying(
                        SourceFile.Found.class,
                        found -> assertThat(found.content()).containsExactly(1));
    }

    @Test
    void aLinkIsNoFile() throws IOException {
        Files.createSymbolicLink(directory.resolve("Dockerfile"), Path.of("elsewhere"));
        git("add", "--all");
        assertThat(tree.read(repository(), commitIndex(), "Dockerfile")).isInstanceOf(SourceFile.Unreadable.class);
    }

    @Test
    void aBuildFetchesACommitThatNoBranchHasAnyMore() {
        var commit = commit(Map.of("Dockerfile", new byte[] {1}));
        git("commit", "--quiet", "--amend", "-m", "another");
        var clone = directory.resolve("clone").toString();
        git("init", "--quiet", clone);
        git(
                "-C",
                clone,
                "fetch",
                "--quiet",
                "--depth",
                "1",
                tree.remote(repository()).toString(),
                commit.hex());
        assertThat(git("-C", clone, "rev-parse", "FETCH_HEAD")).isEqualTo(commit.hex());
    }

    @Test
    void aFileThatIsTooLargeForADockerfileIsSaid() {
        var commit = commit(Map.of("Dockerfile", new byte[(8 << 20) + 1]));
        assertThat(tree.read(repository(), commit, "Dockerfile"))
                .isInstanceOfSatisfying(
                        SourceFile.Unreadable.class,
                        unreadable -> assertThat(unreadable.why()).contains("8 MiB"));
    }

    @Test
    void aCommitOfAnotherKindOfRepositoryIsNotThere() {
        commit(Map.of("Dockerfile", new byte[] {1}));
        var sha256 = new CommitId("0".repeat(64));
        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> tree.read(repository(), sha256, "Dockerfile"))
                .withMessageContaining("is not in octocat/hello-world");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            https://github.com/octocat/hello-world.git,      github.com,     octocat/hello-world
            https://user@github.com/octocat/hello-world,     github.com,     octocat/hello-world
            git@github.com:octocat/hello-world.git,          github.com,     octocat/hello-world
            ssh://git@gitlab.example:2222/group/sub/web.git, gitlab.example, group/sub/web
            """)
    void theNameIsThatOfTheForgeThatOriginNames(String origin, String host, String fullName) {
        git("remote", "set-url", "origin", origin);
        try (var named = WorkTree.open(directory)) {
            assertThat(named.repository()).isEqualTo(new Repository(host, fullName));
        }
    }

    @Test
    void withoutAForgeTheDirectoryGivesTheName() throws IOException {
        git("remote", "remove", "origin");
        try (var named = WorkTree.open(directory)) {
            assertThat(named.repository())
                    .isEqualTo(new Repository(
                            "local", directory.toRealPath().getFileName().toString()));
        }
    }

    @Test
    void aTagIsFollowedToTheCommitItIsAbout() {
        var commit = commit(Map.of("Dockerfile", new byte[] {1}));
        git("tag", "-a", "v1", "-m", "annotated");
        assertThat(tree.find("v1")).contains(new GitRef.Tag("v1"));
        assertThat(tree.commit("refs/tags/v1")).contains(commit);
    }

    @Test
    void aLinkedWorkTreeIsOneToo(@TempDir Path elsewhere) {
        var commit = commit(Map.of("Dockerfile", new byte[] {1}));
        var linked = elsewhere.resolve("linked");
        git("worktree", "add", "--quiet", "-b", "topic", linked.toString());
        try (var other = WorkTree.open(linked)) {
            assertThat(other.head()).contains(new GitRef.Branch("topic"));
            assertThat(other.read(other.repository(), commit, "Dockerfile")).isInstanceOf(SourceFile.Found.class);
        }
    }
}
