package dev.sledge.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sledge.Property;
import dev.sledge.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitRefTest {
    private static final String ASK_GIT = """
            while IFS= read -r name; do
              git check-ref-format "refs/heads/$name" && echo yes || echo no
            done
            """;

    @Test
    void namesAreThoseThatGitTakes() {
        var names = new ArrayList<String>();
        var random = new Random(7);
        for (var i = 0; i < 400; i++) {
            names.add(Property.text(
                    random, 6, "a", "B", "/", ".", "..", "-", ".lock", "lock", "@", "{", "@{", " ", "~", "^", ":", "?",
                    "*", "[", "]", "\\", "$(id)", "`", ";", "'", "\"", "é", "日", "\t", "\u007f", "+", "#", "%"));
        }
        // A space is the one thing that is taken here and not there.
        var asked = names.stream().map(name -> name.replace(' ', '_')).toList();
        var git = Shell.run(List.of("sh", "-c", ASK_GIT), String.join("\n", asked) + "\n");

        assertThat(git.output().lines().toList())
                .isEqualTo(names.stream()
                        .map(name -> RefName.isValid(name) ? "yes" : "no")
                        .toList());
        assertThat(git.output()).contains("yes", "no");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"refs/heads/main", "refs/heads/feature/a-b", "refs/tags/v1.0.0", "refs/heads/-x", "refs/heads/@"
            })
    void aRefReadsBackAsItWasWritten(String full) {
        assertThat(GitRef.parse(full).full()).isEqualTo(full);
    }

    @Test
    void branchesAndTagsOfOneNameAreTwoRefs() {
        assertThat(GitRef.parse("refs/heads/v1")).isEqualTo(new GitRef.Branch("v1"));
        assertThat(GitRef.parse("refs/tags/v1")).isEqualTo(new GitRef.Tag("v1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "heads/main",
                "refs/notes/x",
                "refs/pull/x/head",
                "refs/pull/0/head",
                "refs/pull/1",
                "refs/pull/1/merge",
                "1/head",
                "refs/heads",
                "refs/heads/",
                "REFS/heads/x",
                ""
            })
    void whatIsNoBranchOrTagIsNoRef(String ref) {
        assertThatIllegalArgumentException().isThrownBy(() -> GitRef.parse(ref));
    }

    @ParameterizedTest
    @ValueSource(strings = {"refs/pull/1/head", "refs/merge-requests/12/head", "7"})
    void aPullRequestIsWrittenAsItsForgeDoes(String ref) {
        assertThat(GitRef.parse(ref)).isInstanceOf(GitRef.PullRequest.class);
        assertThat(GitRef.parse(ref).full()).isEqualTo(ref);
        assertThatIllegalArgumentException().isThrownBy(() -> GitRef.branchOrTag(ref));
    }

    @Test
    void halfACharacterIsNoName() {
        assertThatIllegalArgumentException().isThrownBy(() -> new GitRef.Branch("a\ud800"));
        assertThat(new GitRef.Branch("🚀").name()).isEqualTo("🚀");
    }

    @Test
    void aNameHasAnEnd() {
        assertThat(new GitRef.Tag("x".repeat(1024)).name()).hasSize(1024);
        assertThatIllegalArgumentException().isThrownBy(() -> new GitRef.Tag("x".repeat(1025)));
    }
}
