package dev.sledge.local;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.aws.S3Results;
import dev.sledge.build.ResultFolder;
import dev.sledge.build.Results;
import dev.sledge.build.ResultsContract;
import dev.sledge.build.ResultsUnavailableException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Results in a real S3 server on the loopback, written and read by the SDK. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalS3Test extends ResultsContract {
    private LocalS3 s3;
    private S3Client client;

    @BeforeAll
    void start(@TempDir Path directory) {
        s3 = LocalS3.start(new CacheDirectory(directory));
        client = s3.client();
    }

    @AfterAll
    void stop() {
        client.close();
        s3.close();
    }

    @Override
    protected Results results() {
        return new S3Results(client, LocalS3.BUCKET);
    }

    @Test
    void aBucketThatIsNotThereIsNoMissingFile() {
        var results = new S3Results(client, "no-such-bucket");
        var folder = new ResultFolder("results/x");
        assertThatExceptionOfType(ResultsUnavailableException.class)
                .isThrownBy(() -> results.put(folder, "plan.json", new byte[0]))
                .withMessageContaining("s3://no-such-bucket/results/x/plan.json");
        assertThatExceptionOfType(ResultsUnavailableException.class).isThrownBy(() -> results.get(folder, "plan.json"));
    }
}
