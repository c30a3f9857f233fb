package dev.sledge.forge;

import static dev.sledge.forge.ScriptedForge.answer;
import static dev.sledge.forge.ScriptedForge.json;
import static dev.sledge.forge.ScriptedForge.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.event.CommitId;
import dev.sledge.event.Forge;
import dev.sledge.event.Repository;
import dev.sledge.source.SourceTree.Entry;
import dev.sledge.source.SourceTree.Mode;
import dev.sledge.source.SourceUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trees in as many answers as it takes, and never a part of one. */
class ForgeTreesTest {
    private static final CommitId COMMIT = new CommitId("c".repeat(40));
    private static final String A = "a".repeat(40);
    private static final String B = "b".repeat(40);

    private ScriptedForge forge;

    @BeforeEach
    void start() throws IOException {
        forge = new ScriptedForge();
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    private Map<String, Entry> tree(Forge kind) {
        var site = new ForgeSite(kind, forge.url(), forge.url(), new ForgeToken.Anonymous());
        return new Forges(List.of(site))
                .tree(new Repository(site.host(), "octocat/hello-world"), COMMIT)
                .entries();
    }

    private static String entry(String path, String mode, String id) {
        return "{\"path\":\"%s\",\"mode\":\"%s\",\"type\":\"%s\",\"sha\":\"%s\",\"id\":\"%s\"}"
                .formatted(path, mode, mode.equals("040000") ? "tree" : "blob", id, id);
    }

    private static String gitTree(boolean truncated, String... entries) {
        return "{\"sha\":\"x\",\"tree\":[" + String.join(",", entries) + "],\"truncated\":" + truncated
                + ",\"total_count\":" + entries.length + "}";
    }

    @Test
    void gitHubTellsModesAndIds() {
        forge.on(
                "GET /repos/octocat/hello-world/git/trees/" + COMMIT + "?recursive=1",
                json(gitTree(
                        false,
                        entry("run", "100755", A),
                        entry("src", "040000", B),
                        entry("src/a b", "100644", A),
                        entry("link", "120000", B),
                        entry("sub", "160000", A))));
        assertThat(tree(Forge.GITHUB))
                .containsExactly(
                        Map.entry("link", new Entry(Mode.SYMLINK, B)),
                        Map.entry("run", new Entry(Mode.EXECUTABLE, A)),
                        Map.entry("src/a b", new Entry(Mode.FILE, A)),
                        Map.entry("sub", new Entry(Mode.SUBMODULE, A)));
    }

    @Test
    void aTreeThatGitHubCutsIsListedDirectoryByDirectory() {
        var trees = "GET /repos/octocat/hello-world/git/trees/";
        forge.on(trees + COMMIT + "?recursive=1", json(gitTree(true, entry("a", "100644", A))))
                .on(trees + COMMIT, json(gitTree(false, entry("a", "100644", A), entry("d", "040000", B))))
                .on(trees + B + "?recursive=1", json(gitTree(false, entry("e/f", "100644", A))));
        assertThat(tree(Forge.GITHUB).keySet()).containsExactly("a", "d/e/f");
    }

    @Test
    void aDirectoryThatGitHubCutsIsNoTree() {
        var trees = "GET /repos/octocat/hello-world/git/trees/";
        forge.on(trees + COMMIT + "?recursive=1", json(gitTree(true)))
                .on(trees + COMMIT, json(gitTree(true, entry("a", "100644", A))));
        assertThatExceptionOfType(SourceUnavailableException.class).isThrownBy(() -> tree(Forge.GITHUB));
    }

    @Test
    void gitLabsPagesFollowTheirLinks() {
        var first = "/projects/octocat%2Fhello-world/repository/tree?recursive=true&pagination=keyset&per_page=100&ref="
                + COMMIT;
        var second = "/projects/octocat%2Fhello-world/repository/tree?page_token=" + A;
        var link = Map.of(
                "Link", "<" + forge.url() + "/first>; rel=\"first\", <" + forge.url() + second + ">; rel=\"next\"");
        forge.on("GET " + first, answer(200, link, "[" + entry("a", "100644", A) + "]"))
                .on("GET " + second, json("[" + entry("b", "100755", B) + "]"));
        assertThat(tree(Forge.GITLAB))
                .containsExactly(
                        Map.entry("a", new Entry(Mode.FILE, A)), Map.entry("b", new Entry(Mode.EXECUTABLE, B)));
    }

    @Test
    void aPageThatFailsIsNoEndOfTheTree() {
        var first = "/projects/octocat%2Fhello-world/repository/tree?recursive=true&pagination=keyset&per_page=100&ref="
                + COMMIT;
        var link = Map.of("Link", "<" + forge.url() + "/second>; rel=\"next\"");
        forge.on("GET " + first, answer(200, link, "[" + entry("a", "100644", A) + "]"))
                .on("GET /second", status(404));
        assertThatExceptionOfType(SourceUnavailableException.class).isThrownBy(() -> tree(Forge.GITLAB));
    }

    @Test
    void giteasPagesAreAskedForUntilNoneIsCut() {
        var trees = "GET /repos/octocat/hello-world/git/trees/" + COMMIT + "?recursive=true&per_page=1000&page=";
        forge.on(trees + 1, json(gitTree(true, entry("a", "100644", A))))
                .on(trees + 2, json(gitTree(false, entry("b", "100644", A))));
        assertThat(tree(Forge.GITEA).keySet()).containsExactly("a", "b");
    }

    @Test
    void aTreeThatIsShorterThanGiteaCountsIsNone() {
        var trees = "GET /repos/octocat/hello-world/git/trees/" + COMMIT + "?recursive=true&per_page=1000&page=1";
        forge.on(trees, json("{\"tree\":[" + entry("a", "100644", A) + "],\"truncated\":false,\"total_count\":2}"));
        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> tree(Forge.GITEA))
                .withMessageContaining("1 of 2");
    }

    @Test
    void noAccessIsSaidWithWhatTheTokenNeeds() {
        forge.on("GET /repos/octocat/hello-world/git/trees/" + COMMIT + "?recursive=1", status(403));
        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> tree(Forge.GITHUB))
                .withMessageContaining("403")
                .withMessageContaining("contents: read");
    }
}
