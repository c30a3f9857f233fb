package dev.sledge.forge;

import static dev.sledge.forge.ScriptedForge.answer;
import static dev.sledge.forge.ScriptedForge.json;
import static dev.sledge.forge.ScriptedForge.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.CommitStatus;
import dev.sledge.build.CommitStatus.State;
import dev.sledge.build.StatusNotToldException;
import dev.sledge.event.CommitId;
import dev.sledge.event.Forge;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each forge is told, within what it takes. */
class ForgeStatusesTest {
    private static final CommitId COMMIT = new CommitId("c".repeat(40));
    private static final GitRef MAIN = new GitRef.Branch("main");

    private ScriptedForge forge;

    @BeforeEach
    void start() throws IOException {
        forge = new ScriptedForge();
    }

    @AfterEach
    void stop() {
        forge.close();
    }

    private static String path(Forge kind) {
        return switch (kind) {
            case GITHUB, GITEA -> "/repos/octocat/hello/statuses/" + COMMIT;
            case GITLAB -> "/projects/octocat%2Fhello/statuses/" + COMMIT;
            case BITBUCKET -> "/repositories/octocat/hello/commit/" + COMMIT + "/statuses/build";
            case BITBUCKET_DC -> "/api/latest/projects/octocat/repos/hello/commits/" + COMMIT + "/builds";
        };
    }

    private void tell(Forge kind, GitRef ref, State state, String description) {
        var site = new ForgeSite(kind, forge.url(), forge.url(), new ForgeToken.Anonymous());
        new Forges(List.of(site))
                .tell(
                        new Repository(site.host(), "octocat/hello"),
                        ref,
                        COMMIT,
                        new CommitStatus(
                                state,
                                "sledge/octocat/hello",
                                description,
                                Optional.of(URI.create("https://s.example.com/r"))));
    }

    private JsonNode told() throws IOException {
        return new JsonMapper().readTree(forge.asked().getLast().body());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            GITHUB,       pending,    pending,    success,    failure, error,  error
            GITEA,        pending,    pending,    success,    failure, error,  error
            GITLAB,       pending,    running,    success,    failed,  failed, canceled
            BITBUCKET,    INPROGRESS, INPROGRESS, SUCCESSFUL, FAILED,  FAILED, STOPPED
            BITBUCKET_DC, INPROGRESS, INPROGRESS, SUCCESSFUL, FAILED,  FAILED, CANCELLED
            """)
    void everyStateHasTheForgesOwnWord(
            Forge kind, String queued, String running, String passed, String failed, String error, String cancelled)
            throws IOException {
        forge.on("POST " + path(kind), json("{}"));
        var words = List.of(queued, running, passed, failed, error, cancelled);
        for (var state : State.values()) {
            tell(kind, MAIN, state, "as it is");
            assertThat(told().path("state").asText())
                    .isEqualTo(words.get(List.of(State.values()).indexOf(state)));
        }
    }

    @ParameterizedTest
    @EnumSource(Forge.class)
    void aLongDescriptionIsCutAndNotRefused(Forge kind) throws IOException {
        forge.on("POST " + path(kind), json("{}"));
        tell(kind, MAIN, State.PASSED, "👋".repeat(500));
        var description = told().path("description").asText();
        assertThat(description.codePointCount(0, description.length()))
                .isEqualTo(kind == Forge.GITHUB || kind == Forge.GITEA ? 140 : 255);
        assertThat(description).endsWith("👋…");
    }

    @Test
    void keysAreShortAndKeepContextsApart() throws IOException {
        forge.on("POST " + path(Forge.BITBUCKET), json("{}"));
        tell(Forge.BITBUCKET, MAIN, State.PASSED, "x");
        assertThat(told().path("key").asText()).matches("[0-9a-f]{40}");
        assertThat(StatusText.key("sledge/" + "x".repeat(60) + "a"))
                .isNotEqualTo(StatusText.key("sledge/" + "x".repeat(60) + "b"));
    }

    @Test
    void gitLabHearsTheRef() throws IOException {
        forge.on("POST " + path(Forge.GITLAB), json("{}"));
        tell(Forge.GITLAB, MAIN, State.PASSED, "x");
        assertThat(told().path("ref").asText()).isEqualTo("main");
        tell(Forge.GITLAB, new GitRef.PullRequest(7, GitRef.PullRequest.Naming.MERGE_REQUEST), State.PASSED, "x");
        assertThat(told().has("ref")).isFalse();
    }

    @Test
    void whatGitLabHasAlreadyIsTold() {
        forge.on(
                "POST " + path(Forge.GITLAB),
                answer(400, Map.of(), "{\"message\":\"Cannot transition status via :run from :running\"}"));
        assertThatNoException().isThrownBy(() -> tell(Forge.GITLAB, MAIN, State.RUNNING, "x"));
    }

    @ParameterizedTest
    @EnumSource(Forge.class)
    void aRefusalSaysWhatTheTokenNeeds(Forge kind) {
        forge.on("POST " + path(kind), status(403));
        assertThatExceptionOfType(StatusNotToldException.class)
                .isThrownBy(() -> tell(kind, MAIN, State.PASSED, "x"))
                .withMessageContaining("403")
                .withMessageContaining("the token needs");
    }
}
