package dev.sledge.local;

import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** A real S3 server on the loopback, with one bucket. */
public final class S3AtHand implements AutoCloseable {
    public static final String BUCKET = LocalS3.BUCKET;

    private final LocalS3 s3;

    public S3AtHand(Path directory) {
        s3 = LocalS3.start(new CacheDirectory(directory));
    }

    /** For a client that is made in its own way. */
    public S3ClientBuilder builder() {
        return S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + s3.port()))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(s3.accessKey(), s3.secretKey())));
    }

    public int port() {
        return s3.port();
    }

    @Override
    public void close() {
        s3.close();
    }
}
