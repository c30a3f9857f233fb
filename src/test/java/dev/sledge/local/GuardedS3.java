package dev.sledge.local;

import dev.sledge.Shell;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 server that enforces its users' policies: MinIO, in a process of its own on the loopback. */
public final class GuardedS3 implements AutoCloseable {
    private static final String ROOT = "root-of-the-test";

    private final Path home;
    private final Process server;
    private final int port;

    /** Whoever may ask it. */
    public record User(String name, String password) {}

    /**
     * Starts it.
     *
     * @param directory an empty one, for its objects
     */
    public GuardedS3(Path directory) throws IOException, InterruptedException {
        var installed = Shell.run(List.of("bash", "-c", "infra/local/minio.sh 2> target/minio-install.log"), "");
        if (installed.status() != 0) {
            throw new IOException("MinIO could not be made; see target/minio-install.log");
        }
        home = Path.of(installed.output().strip());
        port = LoopbackPort.free(directory.resolve("port"));
        var command = new ProcessBuilder(
                        home.resolve("minio").toString(),
                        "server",
                        "--quiet",
                        "--address",
                        "127.0.0.1:" + port,
                        directory.resolve("objects").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        command.environment().put("MINIO_ROOT_USER", ROOT);
        command.environment().put("MINIO_ROOT_PASSWORD", ROOT);
        command.environment().put("MINIO_BROWSER", "off");
        server = command.start();
        awaitAnswer();
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        for (var tries = 0; tries < 300 && server.isAlive(); tries++) {
            try (var client = client(new User(ROOT, ROOT))) {
                client.listBuckets();
                return;
            } catch (RuntimeException e) {
                Thread.sleep(Duration.ofMillis(100));
            }
        }
        close();
        throw new IOException("MinIO does not answer");
    }

    public int port() {
        return port;
    }

    /** Makes a user that may do what {@code policy} says, a document of IAM's. */
    public User user(String name, String policy) {
        var user = new User(name, UUID.randomUUID().toString());
        var made = Shell.run(
                List.of(home.resolve("user").toString(), "127.0.0.1:" + port, ROOT, ROOT, user.name(), user.password()),
                policy);
        if (made.status() != 0) {
            throw new IllegalStateException("no user " + name + ": " + made.output());
        }
        return user;
    }

    /** Who may do everything. */
    public S3Client root() {
        return client(new User(ROOT, ROOT));
    }

    public S3Client client(User user) {
        return S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(user.name(), user.password())))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @Override
    public void close() {
        server.destroy();
        server.onExit().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
    }
}
