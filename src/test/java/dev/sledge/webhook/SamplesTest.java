package dev.sledge.webhook;

import static dev.sledge.webhook.Deliveries.SECRET;
import static dev.sledge.webhook.Deliveries.result;
import static dev.sledge.webhook.Deliveries.webhooks;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sledge.JsonFields;
import dev.sledge.event.Forge;
import dev.sledge.webhook.Samples.CodeCommitSample;
import dev.sledge.webhook.Samples.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample of {@code events/}: as it is, and with anything about it changed. */
class SamplesTest {
    private static final CodeCommitEvents CODE_COMMIT = new CodeCommitEvents(RepositoryNames.ALL);

    static Stream<Sample> all() {
        return Samples.all();
    }

    static Stream<Sample> signed() {
        return all().filter(sample -> !sample.event().equals("diagnostics:ping"));
    }

    static Stream<CodeCommitSample> codeCommit() {
        return Samples.codeCommit();
    }

    private static Received read(Sample sample, WebhookRequest request) {
        return webhooks(sample.forge(), SECRET).read(request);
    }

    private static WebhookRequest with(WebhookRequest request, String header, List<String> values) {
        var headers = new HashMap<>(request.headers());
        headers.put(header, values);
        return new WebhookRequest(headers, request.body());
    }

    private static String proof(Forge forge) {
        return switch (forge) {
            case GITHUB -> "x-hub-signature-256";
            case GITLAB -> "x-gitlab-token";
            case BITBUCKET, BITBUCKET_DC -> "x-hub-signature";
            case GITEA -> "x-gitea-signature";
        };
    }

    @Test
    void everySampleStandsInATable() throws IOException {
        try (var files = Files.list(Path.of("events"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.endsWith(".json")))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(all().map(Sample::file), codeCommit().map(CodeCommitSample::file))
                                    .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everySampleIsReadAsTheTableSays(Sample sample) {
        assertThat(result(read(sample, sample.request()))).isEqualTo(sample.result());
    }

    @ParameterizedTest
    @MethodSource("codeCommit")
    void everyEventOfCodeCommitIsReadAsTheTableSays(CodeCommitSample sample) {
        assertThat(result(CODE_COMMIT.read(sample.body()))).isEqualTo(sample.result());
    }

    @ParameterizedTest
    @MethodSource("signed")
    void anotherSecretProvesNothing(Sample sample) {
        var other = webhooks(sample.forge(), new WebhookSecret(SECRET.reveal() + "."));
        assertThat(other.read(sample.request())).isInstanceOf(Received.Refused.class);
    }

    @ParameterizedTest
    @MethodSource("signed")
    void aProofWithAnyCharacterChangedIsNone(Sample sample) {
        var header = proof(sample.forge());
        var proof = sample.request().header(header).getFirst();
        for (var i = 0; i < proof.length(); i++) {
            var changed = proof.substring(0, i) + (proof.charAt(i) == '0' ? '1' : '0') + proof.substring(i + 1);
            assertThat(read(sample, with(sample.request(), header, List.of(changed))))
                    .as(changed)
                    .isInstanceOf(Received.Refused.class);
        }
        for (var values : List.of(List.<String>of(), List.of(""), List.of(proof, proof), List.of(proof + "0"))) {
            assertThat(read(sample, with(sample.request(), header, values))).isInstanceOf(Received.Refused.class);
        }
    }

    /** GitLab's token signs nothing; its signing token has a test of its own. */
    @ParameterizedTest
    @MethodSource("signed")
    void aBodyWithAnyByteChangedIsRefused(Sample sample) {
        if (sample.forge() == Forge.GITLAB) return;
        var request = sample.request();
        var bytes = request.body().bytes();
        for (var i = 0; i < bytes.length; i++) {
            var changed = bytes.clone();
            changed[i] ^= 1;
            assertThat(read(sample, new WebhookRequest(request.headers(), new Body(changed))))
                    .as("byte %d", i)
                    .isInstanceOf(Received.Refused.class);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void anyFieldDroppedOrRetypedHasAnAnswer(Sample sample) throws JsonProcessingException {
        for (var changed : JsonFields.changed(Deliveries.sample(sample.file()))) {
            var request = Deliveries.signed(sample.forge(), sample.event(), Body.utf8(changed.text()));
            assertThat(read(sample, request)).as("%s", changed).isNotInstanceOf(Received.Refused.class);
        }
    }

    @ParameterizedTest
    @MethodSource("codeCommit")
    void anyFieldOfAnEventDroppedOrRetypedHasAnAnswer(CodeCommitSample sample) throws JsonProcessingException {
        for (var changed : JsonFields.changed(Deliveries.sample(sample.file()))) {
            assertThat(CODE_COMMIT.read(Body.utf8(changed.text())))
                    .as("%s", changed)
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("signed")
    void aSecretSpeaksForItsOwnRepositoryAlone(Sample sample) {
        var other = List.of(new SharedSecret(SECRET, RepositoryNames.parse("octocat/hello, mona/*")));
        var received = new Webhooks(sample.forge(), "git.example.com", other, Deliveries.NOW).read(sample.request());
        assertThat(received)
                .isInstanceOf(sample.result().startsWith("ignored") ? Received.Ignored.class : Received.Refused.class);
    }

    @ParameterizedTest
    @MethodSource("codeCommit")
    void repositoriesThatAreNotBuiltHereAreIgnored(CodeCommitSample sample) {
        assertThat(new CodeCommitEvents(RepositoryNames.parse("other")).read(sample.body()))
                .isInstanceOf(Received.Ignored.class);
    }

    @ParameterizedTest
    @MethodSource("signed")
    void everyDeliveryIsReadUnderEveryEventsName(Sample sample) {
        all().filter(other -> other.forge() == sample.forge())
                .map(Sample::event)
                .distinct()
                .forEach(event -> assertThat(read(sample, Deliveries.signed(sample.forge(), event, sample.body())))
                        .isNotInstanceOf(Received.Refused.class));
    }
}
