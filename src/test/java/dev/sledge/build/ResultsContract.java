package dev.sledge.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link Results} does. */
public abstract class ResultsContract {
    private static final ResultFolder FOLDER =
            new ResultFolder("results/sledge/octocat/hello-world/b-main/1-" + "a".repeat(40));
    private static final ResultFolder OTHER =
            new ResultFolder("results/sledge/octocat/hello-world/b-main/2-" + "a".repeat(40));

    /** Those under test; each test may find what another one put there. */
    protected abstract Results results();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    protected void aFileReadsBackAsItWasPut() {
        var content = new byte[100_000];
        new Random(1).nextBytes(content);
        results().put(FOLDER, "buildkit.jsonl.zst", content);
        assertThat(results().get(FOLDER, "buildkit.jsonl.zst")).contains(content);
    }

    @Test
    protected void anEmptyFileIsAFile() {
        results().put(FOLDER, "empty", new byte[0]);
        assertThat(results().get(FOLDER, "empty")).contains(new byte[0]);
    }

    @Test
    protected void aFileReplacesTheOneBefore() {
        results().put(FOLDER, "record.json", bytes("{\"version\":1}"));
        results().put(FOLDER, "record.json", bytes("{}"));
        assertThat(results().get(FOLDER, "record.json")).contains(bytes("{}"));
    }

    @Test
    protected void whatWasNotPutIsNotThere() {
        results().put(FOLDER, "plan.json", bytes("{}"));
        assertThat(results().get(FOLDER, "plan")).isEmpty();
        assertThat(results().get(FOLDER, "plan.json.zst")).isEmpty();
        assertThat(results().get(new ResultFolder("results/never/there"), "plan.json"))
                .isEmpty();
    }

    @Test
    protected void whatIsDeletedIsGoneAndNothingElse() {
        results().put(FOLDER, "one.json", bytes("{}"));
        results().put(FOLDER, "two.json", bytes("{}"));
        results().delete(FOLDER, "one.json");
        results().delete(FOLDER, "one.json");
        assertThat(results().get(FOLDER, "one.json")).isEmpty();
        assertThat(results().get(FOLDER, "two.json")).isPresent();
    }

    @Test
    protected void filesAreListedByTheBeginningOfTheirNames() {
        var before = Instant.now().minusSeconds(5);
        var folder = new ResultFolder("cache/listed/frozen");
        for (var name : new String[] {"images/b", "heads/sledge-cache/hello/cache-main.json", "images/a"}) {
            results().put(folder, name, bytes("{}"));
        }
        results().put(new ResultFolder("cache/listed/frozen2"), "images/c", bytes("{}"));
        assertThat(results().list(folder, "images/"))
                .extracting(Results.Listed::name)
                .containsExactly("images/a", "images/b");
        assertThat(results().list(folder, "heads/")).singleElement().satisfies(head -> {
            assertThat(head.name()).isEqualTo("heads/sledge-cache/hello/cache-main.json");
            assertThat(head.written()).isBetween(before, Instant.now().plusSeconds(5));
        });
        assertThat(results().list(folder, "none/")).isEmpty();
    }

    @Test
    protected void twoFoldersAreTwoPlaces() {
        results().put(FOLDER, "index.html", bytes("one"));
        results().put(OTHER, "index.html", bytes("two"));
        assertThat(results().get(FOLDER, "index.html")).contains(bytes("one"));
        assertThat(results().get(OTHER, "index.html")).contains(bytes("two"));
    }
}
