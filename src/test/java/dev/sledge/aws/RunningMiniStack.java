package dev.sledge.aws;

import dev.sledge.Tools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** AWS's services as MiniStack has them, on a loopback port, for all tests of a class. */
public final class RunningMiniStack implements BeforeAllCallback, AfterAllCallback {
    private static final Path LOG = Path.of("target", "ministack.log");
    private static final int TENTHS_OF_A_SECOND = 600;

    private @Nullable Process process;

    /** A class and those nested in it: each says when it begins and ends. */
    private int classes;

    private int port;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        if (classes++ > 0) {
            return;
        }
        var python = Tools.command("python");
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var builder = new ProcessBuilder(python, "-m", "ministack")
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile());
        builder.environment()
                .putAll(Map.of(
                        "BIND_HOST", "127.0.0.1",
                        "GATEWAY_PORT", String.valueOf(port),
                        "IOT_MTLS_ENABLED", "0"));
        process = builder.start();
        await(process);
    }

    private void await(Process started) throws IOException, InterruptedException {
        for (var tries = 0; tries < TENTHS_OF_A_SECOND && started.isAlive(); tries++) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("MiniStack does not answer; see " + LOG);
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        if (--classes > 0) {
            return;
        }
        var running = Objects.requireNonNull(process, "it was never started");
        running.destroy();
        if (!running.waitFor(10, TimeUnit.SECONDS)) {
            running.destroyForcibly();
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** A client of the emulated S3; the caller closes it. */
    public S3Client s3() {
        return Emulated.client(S3Client.builder().forcePathStyle(true), endpoint());
    }

    /** A client of the emulated Secrets Manager; the caller closes it. */
    public SecretsManagerClient secretsManager() {
        return Emulated.client(SecretsManagerClient.builder(), endpoint());
    }

    /** A client of the emulated ECR; the caller closes it. */
    public EcrClient ecr() {
        return Emulated.client(EcrClient.builder(), endpoint());
    }

    /** A client of the emulated SQS; the caller closes it. */
    public SqsClient sqs() {
        return Emulated.client(SqsClient.builder(), endpoint());
    }
}
