package dev.sledge.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sledge.local.FaultyPort;
import dev.sledge.local.S3AtHand;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Frozen engines in a real S3. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrozenStoreTest {
    private static final EngineVersion ENGINE = new EngineVersion("d", "c", "overlayfs", "amd64");

    @TempDir
    Path directory;

    private S3AtHand server;
    private S3Client s3;
    private int stores;

    @BeforeAll
    void start(@TempDir Path data) {
        server = new S3AtHand(data);
        s3 = Main.client(server.builder());
    }

    @AfterAll
    void stop() {
        s3.close();
        server.close();
    }

    private S3Address root() {
        return new S3Address(S3AtHand.BUCKET, "cache/hello" + stores + "/frozen");
    }

    private FrozenStore store() {
        stores++;
        return new FrozenStore(s3, root(), new Tagging(""), new Tagging(""));
    }

    private FrozenImage stored(FrozenStore store, byte[] content) throws Exception {
        var image = Images.of(content);
        store.store(image, Files.write(directory.resolve("image"), content));
        return image;
    }

    private static FrozenManifest manifest(FrozenImage... images) {
        return new FrozenManifest(
                ENGINE, Instant.EPOCH, "build", 0, List.of(images), Map.of(), Map.of(), List.of(Instant.EPOCH));
    }

    private static FrozenHead head(ContentDigest manifest, ContentDigest... previous) {
        return new FrozenHead(manifest, List.of(previous).stream().findFirst(), List.of());
    }

    @Test
    void anImageIsReadInPieces() throws Exception {
        var store = store();
        var content = Images.bytes(20 << 20, 1);
        var image = stored(store, content);
        var images = new SignedImages(s3, store);
        assertThat(images.read(image.digest(), 12345, 300_000)).isEqualTo(Arrays.copyOfRange(content, 12345, 312345));
        assertThatIOException()
                .isThrownBy(() -> images.read(ContentDigest.of(new byte[0]), 0, 1))
                .withMessageContaining("404");
        assertThatIOException()
                .isThrownBy(() -> images.read(image.digest(), content.length - 10, 11))
                .withMessageContaining("less");
    }

    @Test
    void ofTwoThatMoveTheSameHeadOneDoes() throws Exception {
        var store = store();
        var one = ContentDigest.of(new byte[1]);
        var two = ContentDigest.of(new byte[2]);
        assertThat(store.head("main")).isEmpty();
        assertThat(store.move("main", Optional.empty(), head(one))).isTrue();
        assertThat(store.move("main", Optional.empty(), head(two))).isFalse();

        var version = store.head("main").map(FrozenStore.Found::version);
        assertThat(store.move("main", version, head(two))).isTrue();
        assertThat(store.move("main", version, head(one))).isFalse();
        assertThat(store.head("main").orElseThrow().head()).isEqualTo(head(two));
    }

    @Test
    void whereNoAnswerIsHeardTheHeadSaysWhetherItWasMoved() throws Exception {
        var one = ContentDigest.of(new byte[1]);
        var two = ContentDigest.of(new byte[2]);
        store().move("main", Optional.empty(), head(one));
        try (var port = new FaultyPort(
                        server.port(), sent -> sent.startsWith("PUT ") ? Optional.of("") : Optional.empty());
                var client =
                        Main.client(server.builder().endpointOverride(URI.create("http://127.0.0.1:" + port.port())))) {
            var store = new FrozenStore(client, root(), new Tagging(""), new Tagging(""));
            assertThat(store.move("main", Optional.empty(), head(one))).isTrue();
            assertThat(store.move("main", Optional.empty(), head(two))).isFalse();
            var version = store.head("main").map(FrozenStore.Found::version);
            assertThatExceptionOfType(SdkClientException.class)
                    .isThrownBy(() -> store.move("main", version, head(two)));
        }
    }

    @Test
    void aManifestThatIsDamagedOrGoneIsSaidToBe() throws Exception {
        var store = store();
        var digest = store.store(manifest(Images.of(Images.bytes(10, 1))));
        assertThat(store.manifest(digest).images()).hasSize(1);
        s3.putObject(
                put -> put.bucket(S3AtHand.BUCKET)
                        .key(root().below("manifests/" + digest.hex() + ".json").key()),
                RequestBody.fromString("{}"));
        assertThatIOException().isThrownBy(() -> store.manifest(digest)).withMessageContaining("damaged");
        assertThatIOException()
                .isThrownBy(() -> store.manifest(ContentDigest.of(new byte[9])))
                .withMessageContaining("not there any more");
    }

    @Test
    void anImageThatIsStillUsedIsMadeYoungAgain() throws Exception {
        var store = store();
        var content = Images.bytes(1000, 1);
        var image = stored(store, content);
        var key = root().below("images/" + image.digest().hex()).key();
        var first = s3.headObject(ask -> ask.bucket(S3AtHand.BUCKET).key(key)).lastModified();
        Thread.sleep(1100);
        store.touch(image, Instant.now());
        assertThat(s3.headObject(ask -> ask.bucket(S3AtHand.BUCKET).key(key)).lastModified())
                .isEqualTo(first);
        store.touch(image, Instant.now().plus(Duration.ofDays(4)));
        assertThat(s3.headObject(ask -> ask.bucket(S3AtHand.BUCKET).key(key)).lastModified())
                .isAfter(first);
        assertThat(new SignedImages(s3, store).read(image.digest(), 0, 1000)).isEqualTo(content);
    }
}
