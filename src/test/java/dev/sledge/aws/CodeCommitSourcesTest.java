package dev.sledge.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.cli.TestRepository;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.source.SourceFile;
import dev.sledge.source.SourceFiles;
import dev.sledge.source.SourceFilesContract;
import dev.sledge.source.SourceUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CodeCommit's files do what all sources do, through AWS's own client. */
class CodeCommitSourcesTest extends SourceFilesContract {
    private static final String HOST = "git-codecommit.eu-central-1.amazonaws.com";
    private static final Repository REPOSITORY = new Repository(HOST, CodeCommitOverHttp.NAME);

    @TempDir
    Path directory;

    private TestRepository git;
    private CodeCommitOverHttp service;
    private CodeCommitSources sources;

    @BeforeEach
    void start() throws Exception {
        git = TestRepository.create(directory, "codecommit");
        service = new CodeCommitOverHttp(git);
        sources = new CodeCommitSources(service.client(), HOST);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Override
    protected SourceFiles files() {
        return sources;
    }

    @Override
    protected Repository repository() {
        return REPOSITORY;
    }

    @Override
    protected CommitId commit(Map<String, byte[]> files) {
        try {
            return new CommitId(git.commitOnly(files).git("rev-parse", "HEAD"));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private CommitId head() throws IOException, InterruptedException {
        git.commit();
        return new CommitId(git.git("rev-parse", "HEAD"));
    }

    @Test
    void theTreeIsGitsOwn() throws Exception {
        git.write("Dockerfile", "FROM scratch\n").write("a/b/naïve name", "x").write("a/run.sh", "#!/bin/sh\n");
        assertThat(directory.resolve("a/run.sh").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(directory.resolve("link"), Path.of("a"));
        Files.createDirectory(directory.resolve("module"));
        git.git("update-index", "--add", "--cacheinfo", "160000," + "1".repeat(40) + ",module");
        var commit = head();
        assertThat(sources.tree(REPOSITORY, commit).entries().entrySet())
                .extracting(entry ->
                        entry.getValue().mode().octal() + " " + entry.getValue().object() + " " + entry.getKey())
                .containsExactlyInAnyOrderElementsOf(git.listed())
                .hasSize(5);
        // One question a folder.
        assertThat(service.asked()).containsExactly("GetFolder", "GetFolder", "GetFolder");
    }

    @Test
    void aLinkAndWhatIsTooLargeAreNoFilesToBuildFrom() throws Exception {
        Files.createSymbolicLink(directory.resolve("Dockerfile"), Path.of("other"));
        Files.write(directory.resolve("large"), new byte[6_000_001]);
        var commit = head();
        assertThat(sources.read(REPOSITORY, commit, "Dockerfile")).isInstanceOf(SourceFile.Unreadable.class);
        assertThat(sources.read(REPOSITORY, commit, "large")).isInstanceOf(SourceFile.Unreadable.class);
    }

    @Test
    void aCommitIsFoundByItsBranchAndSaysItsMessage() throws Exception {
        git.write("a", "1");
        var commit = head();
        for (var revision : new String[] {"main", commit.hex()}) {
            var found = sources.find(REPOSITORY, revision);
            assertThat(found.id()).isEqualTo(commit);
            assertThat(found.message()).isEqualTo("x");
        }
        assertThat(sources.defaultBranch(REPOSITORY)).isEqualTo(new GitRef.Branch("main"));
        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> sources.find(REPOSITORY, "gone"))
                .withMessageContaining("GetBranch");
    }

    @Test
    void gitFetchesFromTheRegionsOwnHost() {
        assertThat(sources.remote(REPOSITORY)).isEqualTo(URI.create("https://" + HOST + "/v1/repos/hello-world"));
        var elsewhere = new Repository("git-codecommit.us-east-1.amazonaws.com", "hello-world");
        assertThatExceptionOfType(SourceUnavailableException.class).isThrownBy(() -> sources.remote(elsewhere));
    }
}
