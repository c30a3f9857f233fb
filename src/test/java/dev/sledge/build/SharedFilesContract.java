package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.SharedFiles.Seen;
import dev.sledge.build.SharedFiles.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What all {@link SharedFiles} do. */
public abstract class SharedFilesContract {
    /** Those under test; each test uses keys of its own. */
    protected abstract SharedFiles shared();

    private final String key = "heads/octocat/hello-world/" + UUID.randomUUID() + ".json";

    private Seen.Present written(Seen seen, String content) {
        if (shared().write(seen, content) instanceof Write.Written(var now)) return now;
        throw new AssertionError("overtaken, and nobody else is here");
    }

    @Test
    protected void whatNobodyWroteIsAbsent() {
        assertThat(shared().read(key)).isEqualTo(new Seen.Absent(key));
    }

    @Test
    protected void whatIsWrittenIsSeen() {
        var first = written(new Seen.Absent(key), "{\"a\":\"ä\"}");
        assertThat(first.content()).isEqualTo("{\"a\":\"ä\"}");
        assertThat(shared().read(key)).isEqualTo(first);

        var second = written(first, "{}");
        assertThat(second.version()).isNotEqualTo(first.version());
        assertThat(shared().read(key)).isEqualTo(second);
    }

    @Test
    protected void whoeverSawNoFileOvertakesNobody() {
        var first = written(new Seen.Absent(key), "one");
        assertThat(shared().write(new Seen.Absent(key), "two")).isEqualTo(new Write.Overtaken());
        assertThat(shared().read(key)).isEqualTo(first);
    }

    @Test
    protected void whoeverSawAnOlderFileOvertakesNobody() {
        var first = written(new Seen.Absent(key), "one");
        var second = written(first, "two");
        assertThat(shared().write(first, "three")).isEqualTo(new Write.Overtaken());
        assertThat(shared().read(key)).isEqualTo(second);
    }

    @Test
    protected void aFileThatWasNeverThereCannotBeReplaced() {
        assertThat(shared().write(new Seen.Present(key, "\"0123456789abcdef0123456789abcdef\"", "gone"), "new"))
                .isEqualTo(new Write.Overtaken());
        assertThat(shared().read(key)).isEqualTo(new Seen.Absent(key));
    }

    @Test
    protected void aWriteThatIsTriedAgainAfterItWasDoneIsDone() {
        var first = written(new Seen.Absent(key), "mine");
        assertThat(shared().write(new Seen.Absent(key), "mine")).isEqualTo(new Write.Written(first));
    }

    @Test
    protected void ofManyWritersAtOnceEachLosesNothing() throws Exception {
        var writers = 8;
        var together = new CyclicBarrier(writers);
        try (var threads = Executors.newFixedThreadPool(writers)) {
            var tasks = new ArrayList<Callable<Integer>>();
            for (var writer = 0; writer < writers; writer++) {
                var name = "" + (char) ('a' + writer);
                tasks.add(() -> {
                    together.await();
                    var tries = 1;
                    while (append(name) instanceof Write.Overtaken) {
                        tries++;
                    }
                    return tries;
                });
            }
            for (var task : threads.invokeAll(tasks)) {
                assertThat(task.get()).isPositive();
            }
        }
        assertThat(content(shared().read(key)).split(""))
                .containsExactlyInAnyOrderElementsOf(List.of("a", "b", "c", "d", "e", "f", "g", "h"));
    }

    private Write append(String name) {
        var seen = shared().read(key);
        return shared().write(seen, content(seen) + name);
    }

    private static String content(Seen seen) {
        return switch (seen) {
            case Seen.Absent absent -> "";
            case Seen.Present(var key, var version, var content) -> content;
        };
    }
}
