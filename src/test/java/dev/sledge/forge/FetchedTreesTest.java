package dev.sledge.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.event.CommitId;
import dev.sledge.event.Forge;
import dev.sledge.event.Repository;
import dev.sledge.source.SourceUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees fetched from a real git, which lists the same tree as the oracle. */
class FetchedTreesTest {
    @TempDir
    Path root;

    private Path work;
    private GitOverHttp server;

    @BeforeEach
    void start() throws Exception {
        server = new GitOverHttp(root);
        work = Files.createDirectory(root.resolve("work"));
        git("init", "--quiet", "--initial-branch=main");
        Files.writeString(work.resolve("plain ü\n"), "plain\n");
        Files.createDirectories(work.resolve("deep/er"));
        Files.writeString(Files.createFile(work.resolve("deep/er/run")), "#!/bin/sh\n")
                .toFile()
                .setExecutable(true);
        Files.createSymbolicLink(work.resolve("link"), Path.of("deep"));
        git("add", ".");
        git("update-index", "--add", "--cacheinfo", "160000," + "a".repeat(40) + ",sub");
        git("commit", "--quiet", "--message=first");
        git("clone", "--quiet", "--bare", ".", "../octocat/hello.git");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@example.com"));
        command.addAll(Arrays.asList(arguments));
        var process = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    private ForgeSite site(ForgeToken token) {
        return new ForgeSite(Forge.BITBUCKET, server.url(), server.url(), token);
    }

    private Map<String, String> fetched(String name, CommitId commit) {
        var lines = new TreeMap<String, String>();
        new FetchedTrees(site(new ForgeToken.Anonymous()))
                .tree(new Repository(server.url().getAuthority(), name), commit)
                .entries()
                .forEach((path, entry) -> lines.put(path, entry.mode().octal() + " " + entry.object()));
        return lines;
    }

    private Map<String, String> listed() throws Exception {
        var lines = new TreeMap<String, String>();
        for (var entry : git("ls-tree", "-r", "-z", "HEAD").split("\0", -1)) {
            if (entry.isBlank()) continue;
            var words = entry.split("[ \t]", 4);
            lines.put(words[3], words[0] + " " + words[2]);
        }
        return lines;
    }

    private CommitId head() throws Exception {
        return new CommitId(git("rev-parse", "HEAD"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTreeIsTheOneThatGitListsWhetherOrNotContentsCanBeLeftOut(boolean filters) throws Exception {
        git("-C", "../octocat/hello.git", "config", "uploadpack.allowFilter", String.valueOf(filters));
        assertThat(listed()).hasSize(4);
        assertThat(fetched("octocat/hello", head())).isEqualTo(listed());
    }

    @Test
    void theTokenGoesAlongAsBitbucketWantsIt() throws Exception {
        new FetchedTrees(site(new ForgeToken.Secret("t0ken")))
                .tree(new Repository(server.url().getAuthority(), "octocat/hello"), head());
        // x-token-auth:t0ken
        assertThat(server.authorizations()).containsOnly("Basic eC10b2tlbi1hdXRoOnQwa2Vu");
    }

    @Test
    void whatIsNotThereIsSaidToBeMissing() throws Exception {
        var head = head();
        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> fetched("octocat/nothing", head))
                .withMessageContaining("/octocat/nothing.git");
        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> fetched("octocat/hello", new CommitId("c".repeat(40))));
    }

    @Test
    void nothingIsLeftOfAFetch() throws Exception {
        var before = temporary();
        fetched("octocat/hello", head());
        assertThat(temporary()).isEqualTo(before);
    }

    private static List<String> temporary() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(Path::toString)
                    .filter(name -> name.contains("sledge-tree"))
                    .sorted()
                    .toList();
        }
    }
}
