package dev.sledge.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.local.S3AtHand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The layout cache by the distribution protocol, over a real S3. */
class LayoutRegistryTest {
    private static final String IMAGE = "/v2/octocat/hello";
    private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
    private static final S3Address ROOT = new S3Address(S3AtHand.BUCKET, "cache/trusted/hello/layout");

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> faults = new ArrayList<>();
    private Instant now = Instant.now();
    private S3AtHand server;
    private S3Client s3;
    private LayoutRegistry registry;

    @BeforeEach
    void start() throws IOException {
        server = new S3AtHand(directory);
        s3 = Main.client(server.builder());
        registry = new LayoutRegistry(
                new LayoutStore(s3, ROOT, new Tagging(""), new Tagging(""), () -> now), 0, faults::add);
    }

    @AfterEach
    void stop() {
        registry.close();
        s3.close();
        server.close();
        http.close();
        assertThat(faults).isEmpty();
    }

    private HttpResponse<byte[]> ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + registry.port()).resolve(path));
    }

    private int push(String digest, byte[] blob) throws IOException, InterruptedException {
        var begun = ask(at(IMAGE + "/blobs/uploads/").POST(BodyPublishers.noBody()));
        assertThat(begun.statusCode()).isEqualTo(202);
        var location = begun.headers().firstValue("Location").orElseThrow();
        return ask(at(location + "?digest=" + digest).PUT(BodyPublishers.ofByteArray(blob)))
                .statusCode();
    }

    private byte[] pushed(int size) throws IOException, InterruptedException {
        var blob = new byte[size];
        new Random(size).nextBytes(blob);
        assertThat(push(digest(blob), blob)).isEqualTo(201);
        return blob;
    }

    private static String digest(byte[] blob) {
        return ContentDigest.of(blob).toString();
    }

    private byte[] manifest(byte[] layer) throws IOException, InterruptedException {
        var config = pushed(20);
        var json = "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST_TYPE + "\",\"config\":{\"digest\":\""
                + digest(config) + "\"},\"layers\":[{\"digest\":\"" + digest(layer) + "\"}]}";
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        var answer = ask(at(IMAGE + "/manifests/b-main")
                .header("Content-Type", MANIFEST_TYPE)
                .PUT(BodyPublishers.ofByteArray(bytes)));
        assertThat(answer.statusCode()).isEqualTo(201);
        return bytes;
    }

    @Test
    void whatIsPushedIsPulledByItsTagAndByItsDigest() throws Exception {
        var layer = pushed(1_000);
        var manifest = manifest(layer);

        for (var name : List.of("b-main", digest(manifest))) {
            var answer = ask(at(IMAGE + "/manifests/" + name));
            assertThat(answer.body()).isEqualTo(manifest);
            assertThat(answer.headers().firstValue("Content-Type")).contains(MANIFEST_TYPE);
            assertThat(answer.headers().firstValue("Docker-Content-Digest")).contains(digest(manifest));
        }
        assertThat(ask(at(IMAGE + "/blobs/" + digest(layer))).body()).isEqualTo(layer);
        assertThat(ask(at(IMAGE + "/manifests/b-other")).statusCode()).isEqualTo(404);
        assertThat(ask(at("/v2/mona/hello/manifests/b-main")).statusCode()).isEqualTo(404);
        assertThat(ask(at("/v2/")).statusCode()).isEqualTo(200);
        assertThat(ask(at(IMAGE + "/manifests/b-main").DELETE()).statusCode()).isEqualTo(405);
    }

    @Test
    void aBlobOfManyPartsIsTheSameAgainAndFromAnyByteOn() throws Exception {
        var blob = pushed((40 << 20) + 17);
        var head = ask(at(IMAGE + "/blobs/" + digest(blob)).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(blob.length);
        assertThat(ask(at(IMAGE + "/blobs/" + digest(blob))).body()).isEqualTo(blob);

        var from = (8 << 20) + 5;
        var rest = ask(at(IMAGE + "/blobs/" + digest(blob)).header("Range", "bytes=" + from + "-"));
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.headers().firstValue("Content-Range"))
                .contains("bytes " + from + "-" + (blob.length - 1) + "/" + blob.length);
        assertThat(rest.body()).isEqualTo(java.util.Arrays.copyOfRange(blob, from, blob.length));
    }

    @Test
    void whatIsNotItsDigestIsRefusedAndNotStored() throws Exception {
        for (var size : List.of(10, 33 << 20)) {
            var digest = digest(new byte[] {1});
            assertThat(push(digest, new byte[size])).isEqualTo(400);
            assertThat(ask(at(IMAGE + "/blobs/" + digest)).statusCode()).isEqualTo(404);
        }
        assertThat(faults).hasSize(2);
        faults.clear();
    }

    @Test
    void aCacheThatLacksABlobIsNoCache() throws Exception {
        var layer = pushed(1_000);
        var manifest = manifest(layer);
        s3.deleteObject(delete -> delete.bucket(ROOT.bucket())
                .key(ROOT.below("blobs/sha256/" + ContentDigest.of(layer).hex()).key()));
        assertThat(ask(at(IMAGE + "/manifests/b-main")).statusCode()).isEqualTo(404);
        assertThat(ask(at(IMAGE + "/manifests/" + digest(manifest))).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aBlobThatIsStillWrittenStaysYoung() throws Exception {
        var layer = pushed(1_000);
        var old = written().getFirst().lastModified();
        now = old.plus(Duration.ofDays(2));
        assertThat(ask(at(IMAGE + "/blobs/" + digest(layer)).method("HEAD", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(200);
        assertThat(written().getFirst().lastModified()).isEqualTo(old);

        Thread.sleep(1_100);
        now = old.plus(Duration.ofDays(4));
        ask(at(IMAGE + "/blobs/" + digest(layer)).method("HEAD", BodyPublishers.noBody()));
        assertThat(written().getFirst().lastModified()).isAfter(old);
        assertThat(ask(at(IMAGE + "/blobs/" + digest(layer))).body()).isEqualTo(layer);
    }

    private List<S3Object> written() {
        return s3.listObjectsV2(list -> list.bucket(ROOT.bucket()).prefix(ROOT.key()))
                .contents();
    }

    @Test
    void anS3ThatFailsIsAnAnswerAndSaid() throws Exception {
        var layer = pushed(1_000);
        server.close();
        assertThat(ask(at(IMAGE + "/blobs/" + digest(layer))).statusCode()).isEqualTo(503);
        assertThat(faults).singleElement().asString().contains("blobs/" + digest(layer));
        faults.clear();
    }
}
