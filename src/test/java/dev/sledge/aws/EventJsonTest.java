package dev.sledge.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.RepositoryEvent.RefDeleted;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
    private static final Repository REPOSITORY = new Repository("github.com", "octocat/hello-world");
    private static final CommitId COMMIT = new CommitId("6dcb09b5b57875f334f61aebed695e2e4193db5e");
    private static final GitRef.Branch MAIN = new GitRef.Branch("main");

    static Stream<RepositoryEvent> events() {
        var hostile = new GitRef.Branch("a$(touch x);`id`'\"ü");
        return Stream.of(
                new Pushed(REPOSITORY, MAIN, new Before.Nothing(), COMMIT, MAIN),
                new Pushed(REPOSITORY, hostile, new Before.At(COMMIT), COMMIT, MAIN),
                new Pushed(REPOSITORY, new GitRef.Tag("v1"), new Before.Nothing(), COMMIT, MAIN),
                new RefDeleted(REPOSITORY, MAIN, COMMIT));
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatIsWrittenIsReadBack(RepositoryEvent event) {
        assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
    }

    @Test
    void anEventIsSmallWhateverItsNames() {
        var longest = new GitRef.Branch("ü".repeat(1024));
        var event = new Pushed(REPOSITORY, longest, new Before.At(COMMIT), COMMIT, MAIN);
        // A message may have 256 KiB; the payload it came from has up to 25 MB.
        assertThat(EventJson.write(event).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4096);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"kind\":\"pushed\"}",
                "{\"kind\":\"stolen\",\"host\":\"github.com\",\"repository\":\"a/b\",\"ref\":\"refs/heads/main\"}"
            })
    void whatSledgeDidNotWriteIsNoEvent(String text) {
        assertThatThrownBy(() -> EventJson.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
