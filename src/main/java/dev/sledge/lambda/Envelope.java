package dev.sledge.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.webhook.Answer;
import dev.sledge.webhook.Body;
import dev.sledge.webhook.HttpRequest;
import dev.sledge.webhook.WebhookRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the function is invoked with: an HTTP request in one of AWS's envelopes, or an event of CodeCommit. Which of them it is, is told by
 * what AWS writes at the top level, never by what a request brings along.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads">function URL, payload 2.0</a>
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">HTTP API, 1.0 and 2.0</a>
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">REST API, 1.0</a>
 */
sealed interface Envelope {
    /** A request that came over HTTP. */
    record Http(HttpRequest request) implements Envelope {}

    /** An event of EventBridge, or of a CodeCommit trigger. */
    record Event(Body json) implements Envelope {}

    /** An HTTP request that cannot be taken out of its envelope. */
    record Unusable(Answer answer) implements Envelope {}

    JsonMapper JSON = new JsonMapper();

    /** API Gateway puts the stage in front of the path, unless a domain of one's own leads there. */
    Pattern HOOK = Pattern.compile(".*?(?<hook>/hook/[^/]*)");

    /**
     * Opens what the function is invoked with.
     *
     * @throws IOException if it is no JSON: then nothing of AWS's invoked the function
     */
    static Envelope open(InputStream invocation) throws IOException {
        var bytes = invocation.readAllBytes();
        var json = JSON.readTree(bytes);
        var context = json.path("requestContext");
        if (context.path("http").isObject()) {
            return http(
                    json,
                    context.path("http").path("method").asText(),
                    json.path("rawPath").asText());
        }
        return context.isObject()
                ? http(json, json.path("httpMethod").asText(), json.path("path").asText())
                : new Event(new Body(bytes));
    }

    private static Envelope http(JsonNode json, String method, String path) {
        var body = json.path("body");
        try {
            var bytes = json.path("isBase64Encoded").asBoolean(false)
                    ? new Body(Base64.getDecoder().decode(body.asText("")))
                    : Body.utf8(body.asText(""));
            var hook = HOOK.matcher(path);
            return new Http(new HttpRequest(
                    method, hook.matches() ? hook.group("hook") : path, new WebhookRequest(headers(json), bytes)));
        } catch (IllegalArgumentException e) {
            return new Unusable(Answer.error(400, "the body says that it is base64 and is not"));
        }
    }

    /** All values of each header. Payload 1.0 tells every header twice: the last value alone, and all of them. */
    private static Map<String, List<String>> headers(JsonNode json) {
        var headers = new HashMap<String, List<String>>();
        json.path("multiValueHeaders").properties().forEach(header -> {
            var values = new ArrayList<String>();
            header.getValue().forEach(value -> values.add(value.asText()));
            headers.put(header.getKey(), values);
        });
        var told = new WebhookRequest(headers, Body.utf8(""));
        json.path("headers").properties().forEach(header -> {
            if (told.header(header.getKey()).isEmpty()) {
                headers.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        List.of(header.getValue().asText()));
            }
        });
        return headers;
    }

    /** Writes an answer in the shape that all of these fronts take. */
    static void answer(Answer answer, OutputStream out) throws IOException {
        ObjectNode response =
                JSON.createObjectNode().put("statusCode", answer.status()).put("body", answer.body());
        var headers = response.putObject("headers");
        answer.headers().forEach(headers::put);
        headers.put("content-type", "application/json");
        response.put("isBase64Encoded", false);
        JSON.writeValue(out, response);
    }
}
