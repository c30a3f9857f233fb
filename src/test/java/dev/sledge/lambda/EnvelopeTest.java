package dev.sledge.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.Corpus;
import dev.sledge.event.Forge;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.pipeline.WebhookReceiver;
import dev.sledge.webhook.Answer;
import dev.sledge.webhook.Body;
import dev.sledge.webhook.RepositoryNames;
import dev.sledge.webhook.Samples;
import dev.sledge.webhook.Samples.Sample;
import dev.sledge.webhook.SharedSecret;
import dev.sledge.webhook.WebhookRequest;
import dev.sledge.webhook.WebhookSecret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same delivery through every front that AWS has for a function. */
class EnvelopeTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final SharedSecret SECRET =
            new SharedSecret(new WebhookSecret("It's a Secret to Everybody"), RepositoryNames.ALL);

    private final List<RepositoryEvent> queue = new ArrayList<>();

    static Stream<Sample> samples() {
        return Samples.all();
    }

    private static ObjectNode body(WebhookRequest request, boolean base64) {
        var bytes = request.body().bytes();
        return JSON.createObjectNode()
                .put("isBase64Encoded", base64)
                .put(
                        "body",
                        base64 ? Base64.getEncoder().encodeToString(bytes) : new String(bytes, StandardCharsets.UTF_8));
    }

    /** A function URL, or an HTTP API: names in lower case, doubled values joined. */
    private static ObjectNode second(String path, WebhookRequest request, boolean base64) {
        var json = body(request, base64).put("version", "2.0").put("rawPath", path);
        var headers = json.putObject("headers");
        request.headers().forEach((name, values) -> headers.put(name, String.join(",", values)));
        json.putObject("requestContext").putObject("http").put("method", "POST").put("path", path);
        return json;
    }

    /** A REST API: names as they were sent, the last value and all of them, the stage in front of the path. */
    private static ObjectNode first(String path, WebhookRequest request, boolean base64) {
        var json = body(request, base64).put("path", path).put("httpMethod", "POST");
        var headers = json.putObject("headers");
        var multiple = json.putObject("multiValueHeaders");
        request.headers().forEach((name, values) -> {
            headers.put(capitals(name), values.getLast());
            values.forEach(multiple.withArrayProperty(capitals(name))::add);
        });
        json.putObject("requestContext").put("stage", "prod");
        return json;
    }

    private static String capitals(String name) {
        return Arrays.stream(name.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining("-"));
    }

    private static ObjectNode withoutMultiple(ObjectNode json) {
        json.putNull("multiValueHeaders");
        return json;
    }

    private Answer answer(ObjectNode envelope) throws IOException {
        return answer(envelope.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Answer answer(byte[] envelope) throws IOException {
        var hosts = Arrays.stream(Forge.values()).collect(Collectors.toMap(Function.identity(), Forge::route));
        var receiver = new WebhookReceiver(
                forge -> List.of(SECRET),
                hosts,
                (delivery, event) -> queue.add(event),
                InstantSource.system(),
                fault -> {});
        return switch (Envelope.open(new ByteArrayInputStream(envelope))) {
            case Envelope.Http(var request) -> receiver.answer(request);
            case Envelope.Unusable(var refusal) -> refusal;
            case Envelope.Event event -> Answer.error(0, "an event");
        };
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyFrontSaysTheSame(Sample sample) throws IOException {
        var request = sample.request();
        var path = "/hook/" + sample.forge().route();
        var answers = new TreeSet<String>();
        for (var envelope : List.of(
                second(path, request, false),
                second(path, request, true),
                first("/prod" + path, request, false),
                first(path, request, true),
                withoutMultiple(first(path, request, false)))) {
            var answer = answer(envelope);
            answers.add(answer.status() + answer.body());
        }
        assertThat(answers).hasSize(1);
        assertThat(new TreeSet<>(queue.stream().map(String::valueOf).toList()))
                .hasSize(
                        sample.result().startsWith("ignored")
                                ? 0
                                : sample.result().split(" \\+ ").length);
    }

    @Test
    void aProofThatCameTwiceIsNone() throws IOException {
        var sample = samples().findFirst().orElseThrow();
        var proof = sample.request().header("x-hub-signature-256").getFirst();
        var headers = new HashMap<>(sample.request().headers());
        headers.put("x-hub-signature-256", List.of(proof, proof));
        var twice = new WebhookRequest(headers, sample.request().body());
        assertThat(answer(second("/hook/github", twice, false)).status()).isEqualTo(401);
        assertThat(answer(first("/hook/github", twice, false)).status()).isEqualTo(401);
    }

    @Test
    void whatCannotBeTakenOutIsAnswered() throws IOException {
        var sample = samples().findFirst().orElseThrow();
        var envelope = second("/hook/github", sample.request(), true).put("body", "no base64!");
        assertThat(answer(envelope).status()).isEqualTo(400);
        assertThat(answer(second("/hook/github", sample.request(), false).putNull("body"))
                        .status())
                .isEqualTo(401);
        assertThat(answer(second("/hook/svn", sample.request(), false)).status())
                .isEqualTo(404);
        assertThat(answer(second("/", sample.request(), false)).status()).isEqualTo(404);
    }

    @Test
    void whatSomebodySendsIsNotLogged() throws IOException {
        var sample = samples().findFirst().orElseThrow();
        var body = Body.utf8("{\"ref\":\"MARKER\"}");
        var headers = new HashMap<>(sample.request().headers());
        headers.put(
                "x-hub-signature-256",
                List.of("sha256=" + HexFormat.of().formatHex(SECRET.secret().sign(body))));
        var answer = answer(second("/hook/github", new WebhookRequest(headers, body), false));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.logged()).isEqualTo("400 malformed");
    }

    @Test
    void aRequestCannotPassForAnEvent() throws IOException {
        var forged = Files.readAllBytes(Path.of("events/codecommit-branch-updated.json"));
        var request = new WebhookRequest(Map.of("content-type", List.of("application/json")), new Body(forged));
        assertThat(answer(second("/hook/github", request, false)).status()).isEqualTo(401);
        assertThat(queue).isEmpty();
    }

    @Test
    void otherEnvelopesOfAwsAreOpenedToo() throws IOException {
        try (var files = Files.walk(Corpus.path("events/aws-events"))) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".json")).toList()) {
                assertThat(answer(Files.readAllBytes(file)).status())
                        .as("%s", file)
                        .isIn(0, 400, 404);
            }
        }
    }

    @Test
    void anAnswerHasTheShapeThatEveryFrontTakes() throws IOException {
        var out = new ByteArrayOutputStream();
        Envelope.answer(Answer.notAllowed(), out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"statusCode\":405,\"body\":\"{\\\"error\\\":\\\"only POST is answered here\\\"}\","
                                + "\"headers\":{\"Allow\":\"POST\",\"content-type\":\"application/json\"},\"isBase64Encoded\":false}");
    }

    @Test
    void theScriptWrapsASampleThatIsTaken() throws Exception {
        for (var sample : samples()
                .filter(each -> !each.event().equals("diagnostics:ping"))
                .toList()) {
            var script = new ProcessBuilder(
                    "events/envelope", sample.forge().route(), sample.event(), "events/" + sample.file());
            script.environment().put("SECRET", "It's a Secret to Everybody");
            var process = script.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            var envelope = process.getInputStream().readAllBytes();
            assertThat(process.waitFor()).isZero();
            assertThat(answer(envelope).status()).as("%s", sample).isIn(200, 202);
        }
    }
}
