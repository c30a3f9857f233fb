package dev.sledge.aws;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.build.Results;
import dev.sledge.build.ResultsContract;
import dev.sledge.build.ResultsUnavailableException;
import dev.sledge.build.SharedFiles;
import dev.sledge.build.SharedFiles.Seen;
import dev.sledge.build.SharedFilesContract;
import dev.sledge.local.RunningLocalStack;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.S3Client;

/** What the bucket holds, against an S3 whose conditional writes are done one after the other. */
class S3BucketIT {
    private static final String BUCKET = "sledge-results";

    @RegisterExtension
    static final RunningLocalStack LOCALSTACK = new RunningLocalStack();

    private static S3Client s3;

    @BeforeAll
    static void createTheBucket() {
        s3 = Emulated.client(S3Client.builder().forcePathStyle(true), LOCALSTACK.endpoint());
        s3.createBucket(create -> create.bucket(BUCKET));
    }

    @AfterAll
    static void close() {
        s3.close();
    }

    @Nested
    class OfResults extends ResultsContract {
        @Override
        protected Results results() {
            return new S3Results(s3, BUCKET);
        }
    }

    @Nested
    class OfSharedFiles extends SharedFilesContract {
        @Override
        protected SharedFiles shared() {
            return new S3SharedFiles(s3, BUCKET);
        }
    }

    @Test
    void aBucketThatIsNotThereIsNoMissingFile() {
        var nowhere = new S3SharedFiles(s3, "no-such-bucket");
        assertThatExceptionOfType(ResultsUnavailableException.class)
                .isThrownBy(() -> nowhere.read("heads/x.json"))
                .withMessageContaining("s3://no-such-bucket/heads/x.json");
        for (var seen : List.of(new Seen.Absent("heads/x.json"), new Seen.Present("heads/x.json", "\"1\"", ""))) {
            assertThatExceptionOfType(ResultsUnavailableException.class)
                    .isThrownBy(() -> nowhere.write(seen, "{}"))
                    .withMessageContaining("s3:PutObject");
        }
    }
}
