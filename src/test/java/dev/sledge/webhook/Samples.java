package dev.sledge.webhook;

import dev.sledge.Golden;
import dev.sledge.event.Forge;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tables of {@code events/README.md}: each sample, how it is sent, and what comes of it. */
public final class Samples {
    private static final String TABLES = Golden.read(Path.of("events/README.md"));
    private static final Pattern WEBHOOK =
            Pattern.compile("\\| `(.+\\.json)` \\| `([a-z-]+)` \\| `(.+)` \\| .+ \\| `(.+)` \\|");
    private static final Pattern EVENT = Pattern.compile("\\| `(codecommit-.+\\.json)` \\| .+ \\| `(.+)` \\|");

    private Samples() {}

    /** A delivery of a webhook. */
    public record Sample(String file, Forge forge, String event, String result) {
        Body body() {
            return Body.utf8(Deliveries.sample(file));
        }

        /** As its forge sends it. */
        public WebhookRequest request() {
            return Deliveries.signed(forge, event, body());
        }

        @Override
        public String toString() {
            return file;
        }
    }

    /** An event of CodeCommit. */
    record CodeCommitSample(String file, String result) {
        Body body() {
            return Body.utf8(Deliveries.sample(file));
        }

        @Override
        public String toString() {
            return file;
        }
    }

    public static Stream<Sample> all() {
        return WEBHOOK.matcher(TABLES)
                .results()
                .map(row -> new Sample(
                        row.group(1), Forge.ofRoute(row.group(2)).orElseThrow(), row.group(3), row.group(4)));
    }

    static Stream<Sample> of(Forge forge) {
        return all().filter(sample -> sample.forge() == forge);
    }

    static Stream<CodeCommitSample> codeCommit() {
        return EVENT.matcher(TABLES).results().map(row -> new CodeCommitSample(row.group(1), row.group(2)));
    }
}
