package dev.sledge.agent;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A {@link LayoutStore} as a registry on the loopback: the builder reads of a cache only what it needs, when it needs it, and asks before
 * it sends a blob, all by itself. Of the distribution protocol it speaks what a builder uses to pull and push.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md">distribution specification</a>
 */
final class LayoutRegistry implements AutoCloseable {
    private static final Pattern PATH = Pattern.compile(
            "/v2/(?<name>[a-z0-9._/-]+)/(?<kind>manifests|blobs)/(?<what>uploads/[a-z0-9-]*|[\\w.:-]+)");
    private static final Pattern FROM = Pattern.compile("bytes=(?<start>[0-9]{1,18})-");
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT");
    private static final int LARGEST_MANIFEST = 4 << 20;

    private final LayoutStore store;
    private final Consumer<String> faults;
    private final LoopbackServer server;

    /**
     * Serves from now on.
     *
     * @param port on the loopback; 0 for any
     * @param faults hears what S3 refused, in words
     */
    LayoutRegistry(LayoutStore store, int port, Consumer<String> faults) throws IOException {
        this.store = store;
        this.faults = faults;
        server = LoopbackServer.start(port, this::handle);
    }

    int port() {
        return server.port();
    }

    /** Serves until the process is ended. */
    void serve() throws InterruptedException {
        server.serve();
    }

    @Override
    public void close() {
        server.close();
    }

    /** What is asked for. */
    private record Asked(HttpExchange exchange, String name, String kind, String what) {
        boolean is(String method) {
            return exchange.getRequestMethod().equals(method);
        }

        /** Tags of two images never meet: the repository is part of the scope. */
        String scope() {
            return name + "/" + what;
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = PATH.matcher(exchange.getRequestURI().getPath());
            if (exchange.getRequestURI().getPath().equals("/v2/")) {
                answer(exchange, 200);
            } else if (!path.matches()) {
                answer(exchange, 404);
            } else {
                var asked = new Asked(exchange, path.group("name"), path.group("kind"), path.group("what"));
                try {
                    route(asked);
                } catch (IOException | RuntimeException e) {
                    faults.accept(exchange.getRequestMethod() + " " + exchange.getRequestURI() + ": " + e.getMessage());
                    // The client has an answer already if it broke in the middle: then the connection ends.
                    if (exchange.getResponseCode() < 0) {
                        answer(exchange, e instanceof SdkException ? 503 : 400);
                    }
                }
            }
        }
    }

    private void route(Asked asked) throws IOException {
        if (!METHODS.contains(asked.exchange().getRequestMethod())) {
            answer(asked.exchange(), 405);
        } else if (asked.kind().equals("manifests")) {
            if (asked.is("PUT")) {
                take(asked);
            } else {
                give(asked, find(asked.what(), asked.scope()));
            }
        } else if (asked.is("POST")) {
            asked.exchange()
                    .getResponseHeaders()
                    .set("Location", "/v2/" + asked.name() + "/blobs/uploads/" + UUID.randomUUID());
            answer(asked.exchange(), 202);
        } else if (asked.is("PUT")) {
            upload(asked.exchange());
        } else {
            blob(asked);
        }
    }

    private Optional<Manifest> find(String what, String scope) throws IOException {
        return ContentDigest.is(what) ? store.manifest(ContentDigest.parse(what)) : store.manifestOf(scope);
    }

    private static void give(Asked asked, Optional<Manifest> found) throws IOException {
        if (found.isEmpty()) {
            answer(asked.exchange(), 404);
            return;
        }
        var manifest = found.get();
        var headers = asked.exchange().getResponseHeaders();
        headers.set("Content-Type", manifest.mediaType());
        headers.set("Docker-Content-Digest", manifest.digest().toString());
        if (asked.is("HEAD")) {
            headers.set("Content-Length", String.valueOf(manifest.bytes().length));
            answer(asked.exchange(), 200);
        } else {
            asked.exchange().sendResponseHeaders(200, manifest.bytes().length);
            asked.exchange().getResponseBody().write(manifest.bytes());
        }
    }

    private void take(Asked asked) throws IOException {
        var content = asked.exchange().getRequestBody().readNBytes(LARGEST_MANIFEST + 1);
        if (content.length > LARGEST_MANIFEST) {
            answer(asked.exchange(), 413);
            return;
        }
        var digest = ContentDigest.of(content);
        var type = Optional.ofNullable(asked.exchange().getRequestHeaders().getFirst("Content-Type"));
        var text = new String(content, StandardCharsets.UTF_8);
        store.store(asked.scope(), new Manifest(type.orElse(""), digest, text));
        asked.exchange().getResponseHeaders().set("Docker-Content-Digest", digest.toString());
        answer(asked.exchange(), 201);
    }

    private void upload(HttpExchange exchange) throws IOException {
        var query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        var digest = ContentDigest.parse(query.replaceFirst("^(.*&)?digest=([^&]*).*$", "$2"));
        store.store(digest, exchange.getRequestBody());
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest.toString());
        answer(exchange, 201);
    }

    private void blob(Asked asked) throws IOException {
        var digest = ContentDigest.parse(asked.what());
        var found = store.head(digest);
        if (found.isEmpty()) {
            answer(asked.exchange(), 404);
            return;
        }
        var head = found.get();
        var headers = asked.exchange().getResponseHeaders();
        headers.set("Docker-Content-Digest", digest.toString());
        headers.set("Content-Type", "application/octet-stream");
        if (asked.is("HEAD")) {
            // A builder asks so before it sends: the blob is part of what it writes.
            store.touch(digest, head);
            headers.set("Content-Length", head.contentLength().toString());
            answer(asked.exchange(), 200);
            return;
        }
        var range = FROM.matcher(
                Optional.ofNullable(asked.exchange().getRequestHeaders().getFirst("Range"))
                        .orElse("bytes=0-"));
        var start = range.matches() ? Math.min(Long.parseLong(range.group("start")), head.contentLength()) : 0;
        if (start > 0) {
            headers.set(
                    "Content-Range", "bytes " + start + "-" + (head.contentLength() - 1) + "/" + head.contentLength());
        }
        var length = head.contentLength() - start;
        asked.exchange().sendResponseHeaders(start > 0 ? 206 : 200, length == 0 ? -1 : length);
        store.copy(digest, head, start, asked.exchange().getResponseBody());
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }
}
