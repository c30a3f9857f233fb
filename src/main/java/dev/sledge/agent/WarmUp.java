package dev.sledge.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.InstantSource;
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
