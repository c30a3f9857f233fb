package dev.sledge.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.sledge.build.ImageRegistry.Tagging;
import dev.sledge.build.RegistryUnavailableException;
import dev.sledge.image.Digest;
import dev.sledge.image.ImageName;
import dev.sledge.image.ImageTag;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A registry that answers as ECR does where tags are immutable; its words as people report them. */
class ImmutableTagsTest {
    private static final String ECR = """
            {"errors":[{"code":"TAG_INVALID","message":"The image tag 'v1' already exists in the 'app' repository and cannot be \
            overwritten because the tag is immutable."}]}""";

    private final Map<String, String> manifests = new HashMap<>();
    private String refusal = ECR;
    private HttpServer server;
    private ImageName name;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/app/manifests/", exchange -> {
            try (exchange) {
                var tag = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
                var isPut = exchange.getRequestMethod().equals("PUT");
                var manifest = manifests.get(tag);
                if (isPut && manifest == null) {
                    manifests.put(tag, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                }
                var body = (isPut ? refusal : String.valueOf(manifest)).getBytes(StandardCharsets.UTF_8);
                if (manifest != null) {
                    exchange.getResponseHeaders()
                            .add("Docker-Content-Digest", Digest.of(manifest).value());
                }
                var status = isPut ? (manifest == null ? 201 : 400) : manifest == null ? 404 : 200;
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        name = new ImageName("127.0.0.1:" + server.getAddress().getPort(), "app");
        manifests.put("sha-1", "{\"layers\":[]}");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Tagging tag() {
        return new OciRegistry("http").tag(name.tagged(new ImageTag("sha-1")), new ImageTag("v1"));
    }

    @Test
    void aNewTagIsSet() {
        assertThat(tag()).isEqualTo(Tagging.DONE);
        assertThat(manifests).containsKey("v1");
    }

    @Test
    void aTagThatNamesTheImageAlreadyIsNotWrittenAgain() {
        manifests.put("v1", "{\"layers\":[]}");
        assertThat(tag()).isEqualTo(Tagging.DONE);
    }

    @Test
    void aTagThatMayNotMoveStays() {
        manifests.put("v1", "{\"layers\":[],\"other\":1}");
        assertThat(tag()).isEqualTo(Tagging.IMMUTABLE);
    }

    @Test
    void everyOtherRefusalIsAFault() {
        manifests.put("v1", "{\"layers\":[],\"other\":1}");
        refusal = "{\"errors\":[{\"code\":\"MANIFEST_INVALID\"}]}";
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(this::tag)
                .withMessageContaining("400");
    }
}
