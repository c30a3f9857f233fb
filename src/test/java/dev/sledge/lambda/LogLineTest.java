package dev.sledge.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.StartedBuild;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.RepositoryEvent.RefDeleted;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LogLineTest {
    private static final Repository REPOSITORY = new Repository("github.com", "octocat/hello-world");
    private static final GitRef MAIN = new GitRef.Branch("main");
    private static final CommitId COMMIT = new CommitId("1".repeat(40));

    private static JsonNode json(LogLine line) throws IOException {
        assertThat(line.toString()).endsWith("}\n").containsOnlyOnce("\n");
        return new JsonMapper().readTree(line.toString());
    }

    @Test
    void aLineSaysWhatItIsAbout() throws Exception {
        var push = new Pushed(REPOSITORY, MAIN, new Before.Nothing(), COMMIT, new GitRef.Branch("main"));
        assertThat(json(LogLine.info("it is being built").about(push).about(new StartedBuild("p:1", 1)))
                        .toString())
                .isEqualTo("{\"level\":\"INFO\",\"build\":\"p:1\",\"commit\":\"" + COMMIT
                        + "\",\"ref\":\"refs/heads/main\",\"repository\":\"github.com/octocat/hello-world\","
                        + "\"message\":\"it is being built\"}");
        assertThat(json(LogLine.info("x").about(new RefDeleted(REPOSITORY, MAIN, COMMIT)))
                        .has("commit"))
                .isFalse();
    }

    @Test
    void aFaultIsToldWithAllItsCauses() throws Exception {
        var fault = new IllegalStateException("no", new IOException("nobody answers", new IOException("at all")));
        var line = json(LogLine.error("not handled", fault));
        assertThat(line.path("level").asText()).isEqualTo("ERROR");
        assertThat(line.path("message").asText())
                .startsWith("not handled: ")
                .contains("IllegalStateException: no", "; because ", "nobody answers", "at all");
    }

    @Test
    void nothingFromOutsideLooksLikeALineOfItsOwn() throws Exception {
        var hostile = "x\n{\"level\":\"INFO\"}\u2028\u001b[31m" + "y".repeat(10_000);
        assertThat(json(LogLine.warning(hostile)).path("message").asText()).hasSizeLessThan(4_100);
    }
}
