package dev.sledge.agent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Goes the ways that the commands go, without S3, so that what Java finds out on them can be kept. */
final class WarmUp {
    /** Where nothing answers. */
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    private WarmUp() {}

    static void run() throws IOException {
        var builder = S3Client.builder()
                .endpointOverride(NOWHERE)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")));
        try (var s3 = Main.client(builder)) {
            asked(() -> new ParallelDownload(s3).copy(new S3Address("none", "none"), OutputStream.nullOutputStream()));
            var store = new LayoutStore(
                    s3, new S3Address("none", "none"), new Tagging(""), new Tagging(""), InstantSource.system());
            try (var registry = new LayoutRegistry(store, 0, fault -> {})) {
                var scope = URI.create("http://127.0.0.1:" + registry.port() + "/v2/none/manifests/none");
                asked(() -> scope.toURL().openStream().close());
                asked(() -> store.store("none", new Manifest("none", ContentDigest.of(new byte[0]), "")));
            }
            var engines = new FrozenStore(s3, new S3Address("none", "none"), new Tagging(""), new Tagging(""));
            asked(() -> engines.head("none"));
            asked(() -> new SignedImages(s3, engines).read(ContentDigest.of(new byte[0]), 0, 1));
        }
        frozen();
    }

    /** A state of one image, served and read. */
    private static void frozen() throws IOException {
        var directory = Files.createTempDirectory("sledge-warm-up-");
        var content = new byte[BlockTable.BLOCK + 1];
        var image = new FrozenImage(content.length, 1, BlockTable.of(new ByteArrayInputStream(content)));
        var manifest = new FrozenManifest(
                new EngineVersion("none", "none", "none", "none"),
                Instant.EPOCH,
                "none",
                0,
                List.of(image),
                Map.of("none", 0),
                Map.of("other", List.of(0)),
                List.of(Instant.EPOCH));
        var map = new BlockMap(FrozenManifest.read(manifest.bytes()).images());
        var queue = new BlockQueue(map);
        try (var disk = new BlockDisk(map, queue, directory.resolve("disk"));
                var fetcher = BlockFetcher.start(map, queue, disk, (of, from, length) -> new byte[length]);
                var server = NbdServer.start(directory.resolve("nbd"), disk, refused -> {});
                var client = SocketChannel.open(UnixDomainSocketAddress.of(server.path()))) {
            client.read(ByteBuffer.allocate(18));
            disk.read(0, ByteBuffer.allocate(content.length));
            Thawed.writeTouched(directory, map.runs(queue.touched()));
            var head = new FrozenHead(
                    ContentDigest.of(manifest.bytes()), Optional.empty(), List.of(Thawed.touched(directory)));
            new Thawed(
                            Map.of(),
                            Optional.of(new Thawed.State(
                                    FrozenHead.read(new String(head.bytes(), StandardCharsets.UTF_8)),
                                    manifest,
                                    1,
                                    directory)))
                    .write(directory);
            new Report(directory.resolve("report")).add("none", Report.event().put("none", fetcher.requests()));
            Program.run("true");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Way {
        void go() throws IOException;
    }

    private static void asked(Way way) throws IOException {
        try {
            way.go();
        } catch (SdkException | IOException e) {
            // Nothing answers there: this is as far as it goes.
        }
    }
}
