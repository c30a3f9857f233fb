package dev.sledge.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.RegistryLogin;
import dev.sledge.build.RegistryUnavailableException;
import dev.sledge.image.Digest;
import dev.sledge.image.ImageName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Requests to registries, and answers that are what was to be expected.
 *
 * @param scheme {@code https}; {@code http} for a registry on the loopback
 */
record RegistryHttp(HttpClient client, String scheme, RegistryLogin login) {
    private static final JsonMapper JSON = new JsonMapper();

    static RegistryHttp of(String scheme, RegistryLogin login) {
        var client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
        return new RegistryHttp(client, scheme, login);
    }

    /** An address of a repository. */
    URI uri(ImageName name, String rest) {
        return URI.create(scheme + "://" + name.registry() + "/v2/" + name.path() + "/" + rest);
    }

    HttpRequest.Builder request(URI uri) {
        var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
        login.authorization(uri.getAuthority()).ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    /**
     * Sends a request.
     *
     * @param about what it is about, for the words of a fault
     */
    HttpResponse<byte[]> send(HttpRequest request, Object about) {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new RegistryUnavailableException("the registry of " + about + " does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted while asking the registry of " + about, e);
        }
    }

    static void expect(HttpResponse<byte[]> answer, int status, Object about) {
        if (answer.statusCode() != status) {
            throw new RegistryUnavailableException("the registry answered " + answer.statusCode() + " to "
                    + answer.request().method() + " for " + about + "; " + status + " was expected");
        }
    }

    static Digest digest(HttpResponse<byte[]> answer, Object about) {
        return answer.headers()
                .firstValue("docker-content-digest")
                .map(Digest::new)
                .orElseThrow(() -> new RegistryUnavailableException("the registry names no digest for " + about));
    }

    static JsonNode parse(HttpResponse<byte[]> answer, Object about) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new RegistryUnavailableException("the registry's answer for " + about + " is no JSON", e);
        }
    }
}
