package dev.sledge.forge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sledge.event.Forge;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to one forge's API. What matters for trust is here, once: the token is sent to the API's own host alone, no redirect leads
 * elsewhere, no answer is read past its limit or for longer than its time, and a request that was turned away for a while is repeated
 * when the while is short.
 */
final class ForgeHttp {
    /** Of an answer that is read, in bytes. A tree of 100,000 files is about 20 MB. */
    static final int LARGEST = 48 << 20;

    private static final int REDIRECTS = 5;

    private final ForgeSite site;
    private final Patience patience;
    private final InstantSource clock;
    private final HttpClient client;

    ForgeHttp(ForgeSite site, Patience patience, InstantSource clock) {
        this.site = site;
        this.patience = patience;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience.whole())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    ForgeSite site() {
        return site;
    }

    /** Asks for something below the API's root; {@code path} is encoded already. */
    ForgeAnswer get(String path) {
        return get(URI.create(site.api() + path), "application/json");
    }

    ForgeAnswer get(String path, String accept) {
        return get(URI.create(site.api() + path), accept);
    }

    /** Asks for a page that an answer named. */
    ForgeAnswer get(URI address, String accept) {
        return send("GET", address, accept, "");
    }

    ForgeAnswer send(String method, String path, JsonNode body) {
        return send(method, URI.create(site.api() + path), "application/json", body.toString());
    }

    private ForgeAnswer send(String method, URI address, String accept, String body) {
        for (var attempt = 1; ; attempt++) {
            try {
                var answer = follow(method, address, accept, body);
                var pause = patience.pauseAfter(answer, attempt, clock.instant());
                if (pause.isEmpty()) {
                    return answer;
                }
                patience.sleep().accept(pause.get());
            } catch (UnreachedException e) {
                // Whoever was asked to make something may have made it: only a question is asked again.
                if (!method.equals("GET") || attempt >= patience.attempts()) {
                    throw e;
                }
                patience.sleep().accept(Patience.pauseAfter(attempt));
            }
        }
    }

    /** No answer came: the connection failed. */
    private static final class UnreachedException extends ForgeException {
        private static final long serialVersionUID = 1;

        UnreachedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private ForgeAnswer follow(String method, URI address, String accept, String body) {
        var target = address;
        for (var hop = 0; hop <= REDIRECTS; hop++) {
            requireOwn(method, target);
            var answer = exchange(method, target, accept, body);
            var location = answer.header("Location");
            if (answer.status() < 300 || answer.status() >= 400 || location.isEmpty()) {
                return answer;
            }
            target = resolved(method, target, location.get());
        }
        throw new ForgeException(words(method, address) + " was redirected more than " + REDIRECTS + " times");
    }

    private static URI resolved(String method, URI target, String location) {
        try {
            return target.resolve(location);
        } catch (IllegalArgumentException e) {
            throw new ForgeException(words(method, target) + " was redirected to something that is no address", e);
        }
    }

    /** Whatever a payload, a page or a redirect says: nobody but the forge hears from us. */
    private void requireOwn(String method, URI target) {
        var api = site.api();
        if (!api.getScheme().equalsIgnoreCase(target.getScheme())
                || target.getRawAuthority() == null
                || !api.getRawAuthority()
                        .toLowerCase(Locale.ROOT)
                        .equals(target.getRawAuthority().toLowerCase(Locale.ROOT))) {
            throw new ForgeException(
                    words(method, site.api()) + ": the forge leads to another host, where nothing is sent");
        }
    }

    private ForgeAnswer exchange(String method, URI target, String accept, String body) {
        var request = HttpRequest.newBuilder(target)
                .timeout(patience.whole())
                .header("Accept", accept)
                .header("User-Agent", "sledge")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (site.token() instanceof ForgeToken.Secret token) {
            request.header("Authorization", token.authorization());
        }
        if (site.forge() == Forge.GITHUB) {
            request.header("X-GitHub-Api-Version", "2022-11-28");
        }
        return answer(words(method, target), request.build());
    }

    private ForgeAnswer answer(String words, HttpRequest request) {
        var sent = client.sendAsync(request, info -> new CappedBody(LARGEST));
        try {
            var response = sent.get(patience.whole().toMillis(), TimeUnit.MILLISECONDS);
            return new ForgeAnswer(words, response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new ForgeException(
                    words + " was not answered within " + patience.whole().toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            var message = words + " failed: " + reason(e);
            throw e.getCause() instanceof CappedBody.TooLargeException
                    ? new ForgeException(message, e)
                    : new UnreachedException(message, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ForgeException(words + " was interrupted", e);
        }
    }

    private static String reason(ExecutionException e) {
        var cause = e.getCause();
        return cause == null || cause.getMessage() == null ? "the forge cannot be reached" : cause.getMessage();
    }

    /** For messages: without a query, which may hold what does not belong into a log. */
    private static String words(String method, URI target) {
        return method + " " + target.getScheme() + "://" + target.getRawAuthority() + target.getRawPath();
    }
}
