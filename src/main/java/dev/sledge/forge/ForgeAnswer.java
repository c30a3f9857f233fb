package dev.sledge.forge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a forge's API answered. */
final class ForgeAnswer {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;[^,]*rel=\"?next\"?");

    private final String request;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    /** @param request method and path, for messages */
    ForgeAnswer(String request, int status, HttpHeaders headers, byte[] body) {
        this.request = request;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    int status() {
        return status;
    }

    boolean isOk() {
        return status >= 200 && status < 300;
    }

    byte[] body() {
        return body.clone();
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /**
     * The body as JSON.
     *
     * @throws ForgeException if it is none
     */
    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ForgeException(request + " was answered with something that is no JSON");
        } catch (IOException e) {
            throw new ForgeException(request + " was answered with something that cannot be read", e);
        }
    }

    /** The next page, as the header Link tells it. */
    Optional<URI> next() {
        return header("Link").map(NEXT::matcher).filter(Matcher::find).map(link -> URI.create(link.group(1)));
    }

    /** The failure in words: the request and the status, and the forge's own message where it is short and plain. */
    ForgeException failure(String advice) {
        return new ForgeException(request + " was answered " + status + said() + advice);
    }

    private String said() {
        try {
            var message = JSON.readTree(body).path("message").asText().strip();
            return message.isEmpty() || message.length() > 200
                    ? ""
                    : " ('" + message.replaceAll("[^\\p{Print}]", "?") + "')";
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return request + ": " + status + ", " + new String(body, StandardCharsets.UTF_8).length() + " characters";
    }
}
