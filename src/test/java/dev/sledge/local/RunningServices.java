package dev.sledge.local;

import dev.sledge.local.LocalBuilds.EngineState;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The engine, the registry and the S3 server of this machine, for all tests of a class. */
public final class RunningServices implements BeforeAllCallback, AfterAllCallback {
    private @Nullable LocalServices running;

    @Override
    public void beforeAll(ExtensionContext context) {
        running = new LocalServices(System.getenv(), new EngineState.Disk(), what -> {});
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (running != null) running.close();
    }

    /** Where builds reach S3 on the loopback. */
    public int s3Port() {
        return get().s3Port();
    }

    /** Where the S3 server has the objects of its bucket, each a file that is called by its key. */
    public Path s3Files() {
        return CacheDirectory.of(System.getenv()).directory("s3").resolve(LocalS3.BUCKET);
    }

    /** What runs, while tests do. */
    public LocalServices get() {
        return Objects.requireNonNull(running, "no test runs");
    }
}
