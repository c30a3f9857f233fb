package dev.sledge.local;

import dev.sledge.aws.SentAtOnce;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server in this process, its objects below the cache directory, with keys that live as long as it does. */
final class LocalS3 implements AutoCloseable {
    static final String BUCKET = "sledge-results";

    private final S3Proxy proxy;
    private final String accessKey = random(8);
    private final String secretKey = random(20);

    private LocalS3(CacheDirectory cache) {
        var properties = new Properties();
        properties.setProperty(
                "jclouds.filesystem.basedir", cache.directory("s3").toString());
        this.proxy = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem-nio2", properties))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                .ignoreUnknownHeaders(true)
                .build();
    }

    static LocalS3 start(CacheDirectory cache) {
        var s3 = new LocalS3(cache);
        try {
            s3.proxy.start();
        } catch (Exception e) { // as S3Proxy declares it
            throw new LocalServiceException("the local S3 server did not start: " + e.getMessage(), e);
        }
        try (var client = s3.client()) {
            if (client.listBuckets().buckets().stream()
                    .noneMatch(bucket -> bucket.name().equals(BUCKET))) {
                client.createBucket(create -> create.bucket(BUCKET));
            }
        }
        return s3;
    }

    private static String random(int bytes) {
        var random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    int port() {
        return proxy.getPort();
    }

    String accessKey() {
        return accessKey;
    }

    String secretKey() {
        return secretKey;
    }

    S3Client client() {
        return S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port()))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .overrideConfiguration(to -> to.addExecutionInterceptor(new SentAtOnce()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (Exception e) { // as S3Proxy declares it
            throw new LocalServiceException("the local S3 server did not stop", e);
        }
    }
}
