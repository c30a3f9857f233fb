package dev.sledge.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.webhook.Answer;
import dev.sledge.webhook.Body;
import dev.sledge.webhook.WebhookRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A function URL's envelope around an HTTP request, payload version 2.0. Header names come in lower case, doubled headers joined by a comma.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads">request and response payloads</a>
 */
final class FunctionUrl {
    private static final JsonMapper JSON = new JsonMapper();

    private FunctionUrl() {}

    /** What an envelope holds. */
    sealed interface Opened {
        /**
         * A request that may be a delivery.
         *
         * @param path as it was asked for, {@code /hook/github}
         */
        record Post(String path, WebhookRequest request) implements Opened {}

        /** Something that no webhook sends. */
        record Unusable(Answer answer) implements Opened {}
    }

    /**
     * Takes the request out of its envelope.
     *
     * @throws IOException if {@code envelope} is no JSON: then it does not come from a function URL
     */
    static Opened open(InputStream envelope) throws IOException {
        var event = JSON.readTree(envelope);
        var http = event.path("requestContext").path("http");
        if (!http.path("method").asText().equals("POST")) {
            return unusable(405, "only POST is answered here");
        }
        var body = event.path("body");
        if (!body.isTextual()) {
            return unusable(400, "the request has no body");
        }
        try {
            var bytes = event.path("isBase64Encoded").asBoolean(false)
                    ? new Body(Base64.getDecoder().decode(body.textValue()))
                    : Body.utf8(body.textValue());
            return new Opened.Post(event.path("rawPath").asText(), new WebhookRequest(headers(event), bytes));
        } catch (IllegalArgumentException e) {
            return unusable(400, "the body says that it is base64 and is not");
        }
    }

    private static Map<String, List<String>> headers(JsonNode event) {
        var headers = new HashMap<String, List<String>>();
        event.path("headers")
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), List.of(header.getValue().asText())));
        return headers;
    }

    static Opened.Unusable unusable(int status, String why) {
        return new Opened.Unusable(
                new Answer(status, JSON.createObjectNode().put("error", why).toString()));
    }

    static void answer(Answer answer, OutputStream out) throws IOException {
        var response =
                JSON.createObjectNode().put("statusCode", answer.status()).put("body", answer.body());
        response.putObject("headers").put("content-type", "application/json");
        JSON.writeValue(out, response);
    }
}
