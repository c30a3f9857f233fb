package dev.sledge.agent;

import java.io.EOFException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Images in S3, read in hundreds of pieces by addresses that are signed once an image: what the SDK does for each request costs a Java that has
 * just started more than the piece itself.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html">presigned URLs</a>
 */
final class SignedImages implements BlockFetcher.Source {
    /** Longer than most builds; who comes later signs again. */
    private static final Duration VALID = Duration.ofHours(1);

    /** For an answer, or for more of one. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final S3Client s3;
    private final FrozenStore store;
    private final Map<ContentDigest, URL> addresses = new ConcurrentHashMap<>();

    SignedImages(S3Client s3, FrozenStore store) {
        this.s3 = s3;
        this.store = store;
    }

    private URL signed(ContentDigest image) {
        var like = s3.serviceClientConfiguration();
        var presigner = S3Presigner.builder().region(like.region()).credentialsProvider(like.credentialsProvider());
        like.endpointOverride().ifPresent(presigner::endpointOverride);
        try (var signing = presigner.build()) {
            return store.signed(image, signing, VALID);
        }
    }

    @Override
    public byte[] read(ContentDigest image, long from, int length) throws IOException {
        var address = addresses.computeIfAbsent(image, this::signed);
        var connection = (HttpURLConnection) address.openConnection();
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        connection.setRequestProperty("Range", "bytes=" + from + "-" + (from + length - 1));
        if (connection.getResponseCode() != HttpURLConnection.HTTP_PARTIAL) {
            addresses.remove(image);
            throw new IOException("S3 answers " + connection.getResponseCode() + " for " + image);
        }
        var content = new byte[length];
        try (var in = connection.getInputStream()) {
            if (in.readNBytes(content, 0, length) < length) {
                throw new EOFException("S3 has less of " + image + " than there was");
            }
        }
        return content;
    }
}
