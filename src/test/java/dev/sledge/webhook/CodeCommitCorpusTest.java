package dev.sledge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sledge.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The events of AWS in the corpus, each row with what is to come of it; and where the parts of a trigger disagree. */
class CodeCommitCorpusTest {
    private static final CodeCommitEvents CODE_COMMIT = new CodeCommitEvents(RepositoryNames.ALL);

    /** What the documentation writes in the place of a hash, {@code 3e5983DESTINATION}. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\b[0-9a-f]{6,8}[A-Z]{4,}\\b");

    @TestFactory
    Stream<DynamicTest> everyRowIsReadAsItSays() throws IOException {
        return Corpus.rows("events/EXPECTED.tsv")
                .filter(row -> row.get(1).equals("aws"))
                .map(row -> dynamicTest(row.getFirst(), () -> {
                    var received = CODE_COMMIT.read(
                            Body.utf8(withHashes(Files.readString(Corpus.path("events/" + row.getFirst())))));
                    if (row.get(2).startsWith("other:")) {
                        assertThat(received).isInstanceOfAny(Received.Ignored.class, Received.Malformed.class);
                    } else {
                        assertThat(Deliveries.result(received)).isEqualTo(expected(row));
                        assertThat(received)
                                .isInstanceOfSatisfying(
                                        Received.Verified.class,
                                        verified -> assertThat(verified.events())
                                                .allMatch(event -> event.repository()
                                                        .fullName()
                                                        .equals(row.get(3))));
                    }
                }));
    }

    private static String expected(List<String> row) {
        var before = row.get(5).isEmpty() ? "-" : row.get(5);
        return withHashes(
                String.join(" ", row.get(2), row.get(4), before, row.get(7)).strip());
    }

    /** Equal placeholders become equal hashes. */
    private static String withHashes(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> HexFormat.of()
                        .formatHex(Body.utf8(found.group()).sha256())
                        .substring(0, 40));
    }

    @Test
    void aTriggerIsOfTheRegionThatItsSourceNames() {
        var json = Deliveries.sample("codecommit-trigger.json")
                .replace("\"awsRegion\": \"eu-central-1\"", "\"awsRegion\": \"us-east-1\"");
        assertThat(CODE_COMMIT.read(Body.utf8(json))).isInstanceOf(Received.Malformed.class);
    }

    @Test
    void aTriggersOtherRefsAreNotBuilt() {
        var json = Deliveries.sample("codecommit-trigger.json").replace("refs/tags/v1.0.0", "refs/notes/commits");
        assertThat(CODE_COMMIT.read(Body.utf8(json)))
                .isInstanceOfSatisfying(
                        Received.Verified.class,
                        verified -> assertThat(verified.events()).hasSize(1));
    }
}
