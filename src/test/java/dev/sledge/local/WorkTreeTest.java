package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.Shell;
import dev.sledge.event.CommitId;
import dev.sledge.event.Repository;
import dev.sledge.source.SourceFile;
import dev.sledge.source.SourceFiles;
import dev.sledge.source.SourceFilesContract;
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
}
