package dev.sledge.local;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * AWS's services as LocalStack has them, in a container of this machine's engine, for all tests of a class. Of the last release that needs
 * no account; where its image cannot be pulled it is made from the same release's packages.
 */
public final class RunningLocalStack implements BeforeAllCallback, AfterAllCallback {
    private static final String IMAGE = "localstack/localstack:4.14.0";

    /** Until all tests are done: Testcontainers keeps its connections to an engine for as long as the process lives. */
    private static @Nullable DockerEngine engine;

    private @Nullable LocalStackContainer container;

    /** A class and those nested in it: each says when it begins and ends. */
    private int classes;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        if (classes++ > 0) {
            return;
        }
        makeSureOfTheImage(engine().environment());
        container = new LocalStackContainer(DockerImageName.parse(IMAGE));
        container.start();
    }

    private static synchronized DockerEngine engine() {
        if (engine == null) {
            var environment = System.getenv();
            var started = DockerEngine.up(Scripts.install(environment), environment, what -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            tellTestcontainers(started);
            engine = started;
        }
        return engine;
    }

    private static void makeSureOfTheImage(Map<String, String> environment) throws IOException, InterruptedException {
        var script = new ProcessBuilder("bash", "infra/local/images.sh", "image", IMAGE, "infra/local/localstack")
                .redirectErrorStream(true);
        script.environment().putAll(environment);
        var process = script.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(IMAGE + " cannot be had: " + said);
        }
    }

    /** Its client speaks a newer protocol than an old engine does. */
    private static void tellTestcontainers(DockerEngine engine) {
        System.setProperty(
                "DOCKER_HOST", Objects.requireNonNull(engine.environment().get("DOCKER_HOST")));
        System.setProperty("api.version", engine.docker("version", "--format", "{{.Server.APIVersion}}"));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--classes > 0) {
            return;
        }
        if (container != null) container.stop();
    }

    /** Where all of its services answer. */
    public URI endpoint() {
        return Objects.requireNonNull(container, "no test runs").getEndpoint();
    }
}
