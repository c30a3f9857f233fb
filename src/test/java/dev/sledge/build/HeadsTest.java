package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sledge.build.SharedFiles.Seen;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.RefDeleted;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadsTest {
    private static final Repository REPOSITORY = new Repository("github.com", "octocat/hello-world");
    private static final GitRef MAIN = new GitRef.Branch("main");

    private final SharedFiles files = new SharedFilesInMemory();
    private final Heads heads = new Heads(files);

    private static CommitId commit(String letter) {
        return new CommitId(letter.repeat(40));
    }

    /** {@code 0a} is a creation at commit a, {@code ab} a push from a to b, {@code a0} a deletion, {@code *a} the wish of a person. */
    private void happens(String event) {
        var from = event.substring(0, 1);
        var to = event.substring(1);
        if (to.equals("0")) {
            heads.deleted(new RefDeleted(REPOSITORY, MAIN, commit(from)));
        } else if (from.equals("*")) {
            heads.set(REPOSITORY, MAIN, commit(to));
        } else {
            var before = from.equals("0") ? new Before.Nothing() : new Before.At(commit(from));
            heads.pushed(REPOSITORY, MAIN, before, commit(to));
        }
    }

    private String newest() {
        return heads.newest(REPOSITORY, MAIN)
                .map(id -> id.hex().substring(0, 1))
                .orElse("none");
    }

    @ParameterizedTest(name = "{0}: {1} is the newest, {2}")
    @CsvSource(textBlock = """
            0a,            a,    a new branch
            0a ab bc,      c,    pushes in their order
            ab 0a,         b,    a creation that arrives late
            0a bc ab,      c,    two pushes whose deliveries overtake each other
            0a ab ab,      b,    a delivery told twice
            0a ab bc ab,   c,    an old delivery told again
            0a ab ba,      a,    a forced push back
            0a ab ba ab,   b,    and forward again
            0a ac,         c,    a forced push to something else
            0a ab cd,      d,    a push after one that was not to be built
            0a ab b0,      none, a deleted branch
            0a ab b0 0a,   a,    a branch made again where it began
            0a b0,         none, a deletion at a commit that was not to be built
            0a ab b0 0c,   c,    a branch made again elsewhere
            0a ab 0c b0,   c,    a deletion that arrives after the branch was made again
            0a ab *a,      a,    a person who wants an older commit
            b0,            none, a deletion of what was never built
            """)
    void theNewestCommitIsThatOfTheLastPush(String events, String newest, String what) {
        Arrays.stream(events.split(" ")).forEach(this::happens);
        assertThat(newest()).isEqualTo(newest);
    }

    @Test
    void eachRefHasAHeadOfItsOwn() {
        happens("0a");
        var elsewhere = new Repository("gitlab.com", "octocat/hello-world");
        heads.set(REPOSITORY, new GitRef.Tag("main"), commit("b"));
        heads.set(elsewhere, MAIN, commit("c"));
        assertThat(newest()).isEqualTo("a");
        assertThat(files.read("heads/octocat/hello-world/b-main.json")).isInstanceOf(Seen.Present.class);
        assertThat(files.read("heads/gitlab.com/octocat/hello-world/b-main.json"))
                .isInstanceOf(Seen.Present.class);
    }

    @Test
    void aHeadStaysSmallHoweverManyPushesThereAre() {
        var before = commit("0");
        for (var i = 1; i <= 500; i++) {
            var next = new CommitId(String.format("%040d", i));
            heads.pushed(REPOSITORY, MAIN, new Before.At(before), next);
            before = next;
        }
        assertThat(heads.newest(REPOSITORY, MAIN)).contains(before);
        assertThat(files.read("heads/octocat/hello-world/b-main.json"))
                .isInstanceOfSatisfying(
                        Seen.Present.class, file -> assertThat(file.content()).hasSizeLessThan(2_000));
    }

    @Test
    void aDamagedFileIsNamed() {
        files.write(new Seen.Absent("heads/octocat/hello-world/b-main.json"), "{\"commits\":[\"x\"]}");
        assertThatIllegalStateException()
                .isThrownBy(this::newest)
                .withMessageStartingWith("heads/octocat/hello-world/b-main.json holds no commits; delete it");
    }
}
