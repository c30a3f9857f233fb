package dev.sledge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sledge.event.GitRef;
import dev.sledge.event.RepositoryEvent.DefaultBranch;
import dev.sledge.event.RepositoryEvent.Pushed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Other people's real payloads of GitHub, each row of the corpus with what is to come of it. */
class CorpusTest {
    private static final Path EVENTS = Path.of(System.getProperty("sledge.corpus", "../shared/corpus"), "events");

    @TestFactory
    Stream<DynamicTest> readsRealPayloadsAsTheirRowsSay() throws IOException {
        var rows =
                rows("EXPECTED.tsv").filter(row -> row.get(1).equals("github")).toList();
        return rows.stream()
                .map(row -> dynamicTest(row.getFirst() + " " + row.get(4), () -> {
                    var body = new Body(Files.readAllBytes(EVENTS.resolve(row.getFirst())));
                    var event = event(row);
                    var received = Deliveries.GITHUB.read(Deliveries.signed(event, body));
                    if (event.equals("push")) {
                        assertThat(Deliveries.result(received)).isEqualTo(expected(row));
                        assertDetails(received, row);
                    } else {
                        assertThat(received).isInstanceOf(Received.Ignored.class);
                    }
                }));
    }

    /** The event's name is in no payload; those of creations and deletions write refs short. */
    private static String event(List<String> row) {
        if (row.get(2).startsWith("pr:")) return "pull_request";
        return row.get(4).startsWith("refs/") ? "push" : "create";
    }

    /** Kind, ref, before, commit; a row writes zeros where a ref was made. */
    private static String expected(List<String> row) {
        var before = row.get(5).matches("0*") ? "-" : row.get(5);
        return String.join(" ", row.get(2), row.get(4), before, row.get(7)).strip();
    }

    private static void assertDetails(Received received, List<String> row) {
        assertThat(received).isInstanceOfSatisfying(Received.Verified.class, verified -> {
            var event = verified.events().getFirst();
            assertThat(event.repository().fullName()).isEqualTo(row.get(3));
            if (event instanceof Pushed push)
                assertThat(push.defaultBranch()).isEqualTo(new DefaultBranch.Named(new GitRef.Branch(row.get(9))));
        });
    }

    @TestFactory
    Stream<DynamicTest> signaturesHoldWhereTheirRowsSay() throws IOException {
        var rows = rows("SIGNATURES.tsv")
                .filter(row -> row.get(2).equals("X-Hub-Signature-256"))
                .toList();
        return rows.stream()
                .map(row -> dynamicTest(row.getFirst() + " " + row.get(5), () -> {
                    var literal = "(literal body) ";
                    var body = row.getFirst().startsWith(literal)
                            ? Body.utf8(row.getFirst().substring(literal.length()))
                            : new Body(Files.readAllBytes(EVENTS.resolve(row.getFirst())));
                    var github = Deliveries.github(new WebhookSecret(row.get(4)));
                    var received = github.read(new WebhookRequest(Map.of(row.get(2), List.of(row.get(3))), body));
                    assertThat(received instanceof Received.Refused)
                            .isEqualTo(row.get(5).equals("INVALID"));
                }));
    }

    private static Stream<List<String>> rows(String table) throws IOException {
        var file = EVENTS.resolve(table);
        if (!Files.exists(file)) {
            var missing = "SKIPPED, NOT PASSED: no " + file.toAbsolutePath().normalize()
                    + "; point -Dsledge.corpus at the folder that holds events";
            // The console shows no reason for a skipped test; without this line nobody would notice.
            System.err.println(missing);
            assumeTrue(false, missing);
        }
        var rows = new ArrayList<List<String>>();
        for (var line : Files.readAllLines(file)) {
            rows.add(List.of(line.split("\t", -1)));
        }
        return rows.stream().skip(1);
    }
}
