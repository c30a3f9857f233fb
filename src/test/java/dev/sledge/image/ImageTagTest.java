package dev.sledge.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sledge.Property;
import dev.sledge.event.GitRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTagTest {
    /** As the distribution specification writes it. */
    private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    /** The hashes are those of {@code printf %s REF | sha256sum}. */
    @ParameterizedTest
    @CsvSource({
        "refs/heads/main, b-main",
        "refs/tags/v1.0.0, v1.0.0",
        "refs/heads/v1.0.0, b-v1.0.0",
        "refs/heads/feature/a-b, b-feature-a-b-ha2f45b3b6143df1f",
        "refs/heads/feature-a/b, b-feature-a-b-h525aedfaa052ae20",
        "refs/tags/b-main, b-main-h89d409aee16e16ef",
        "refs/tags/v1+build, v1-build-h61ca971b061c27c7",
        "refs/tags/-x, _-x-hde25a5579ba2689d",
    })
    void refsGetTheTagsOfTheRule(String ref, String tag) {
        assertThat(tag(GitRef.parse(ref))).hasToString(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "b-main", "b-", "pr-1", "sha-0123", "in-0123", "v1-h0123456789abcdef"})
    void aGitTagCannotPassForATagOfAnotherMeaning(String name) {
        assertThat(ImageTag.ofGitTag(name).value()).startsWith(name + "-h").hasSize(name.length() + 18);
    }

    @Test
    void twoRefsNeverShareATag() {
        var seen = new HashMap<String, GitRef>();
        var commits = Map.of("sha-" + "a".repeat(40), "commit", "sha-" + "b".repeat(64), "commit");
        Property.holds(100_000, ImageTagTest::ref, ref -> {
            var tag = tag(ref);
            assertThat(tag.value()).matches(GRAMMAR);
            assertThat(commits).doesNotContainKey(tag.value());
            var other = seen.putIfAbsent(tag.value(), ref);
            assertThat(other == null ? ref : other).isEqualTo(ref);
        });
        assertThat(seen).hasSizeGreaterThan(5_000);
    }

    /** Refs that look alike: few letters, much of what is replaced, and names that are other refs' tags. */
    private static GitRef ref(Random random) {
        if (random.nextInt(20) == 0) {
            return new GitRef.PullRequest(1 + random.nextInt(500), GitRef.PullRequest.Naming.PULL);
        }
        while (true) {
            var name = Property.text(
                    random,
                    5,
                    "a",
                    "b",
                    "-",
                    "_",
                    ".",
                    "/",
                    "b-",
                    "sha-",
                    "pr-",
                    "1",
                    "latest",
                    "+",
                    "é",
                    "-h0123456789abcdef",
                    "x".repeat(99));
            if (random.nextInt(5) == 0 && !name.isEmpty()) {
                name = ImageTag.ofGitTag(name).value();
            }
            try {
                return GitRef.parse((random.nextBoolean() ? "refs/heads/" : "refs/tags/") + name);
            } catch (IllegalArgumentException e) {
                // No name of a ref: the next one may be.
            }
        }
    }

    private static ImageTag tag(GitRef ref) {
        return switch (ref) {
            case GitRef.Branch(var name) -> ImageTag.ofBranch(name);
            case GitRef.Tag(var name) -> ImageTag.ofGitTag(name);
            case GitRef.PullRequest(var number, var naming) -> ImageTag.ofPullRequest(number);
        };
    }

    @Test
    void theLongestRefLeavesRoomInATag() {
        assertThat(ImageTag.ofBranch("x/".repeat(511) + "xx").value()).hasSize(118);
    }

    @Test
    void aCommitsTagIsItsFullName() {
        assertThat(ImageTag.ofCommit("a".repeat(40))).hasToString("sha-" + "a".repeat(40));
        assertThatIllegalArgumentException().isThrownBy(() -> ImageTag.ofCommit("abc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", ".a", "a b", "a/b", "a:b", "é", "a\n"})
    void whatARegistryWouldRefuseIsNoTag(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageTag(text));
    }

    @Test
    void aTagHas128CharactersAtMost() {
        assertThat(new ImageTag("x".repeat(128)).value()).hasSize(128);
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageTag("x".repeat(129)));
    }
}
