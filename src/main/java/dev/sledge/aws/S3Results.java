package dev.sledge.aws;

import dev.sledge.build.ResultFolder;
import dev.sledge.build.Results;
import dev.sledge.build.ResultsUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Results in an S3 bucket, under {@code results/}. */
public final class S3Results implements Results {
    /** More than any log is long, compressed as it is; of a longer one the beginning is read. */
    static final int LARGEST = 32 << 20;

    private final S3Client s3;
    private final String bucket;

    public S3Results(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public void put(ResultFolder folder, String name, byte[] content) {
        try {
            s3.putObject(put -> put.bucket(bucket).key(folder.key(name)), RequestBody.fromBytes(content));
        } catch (SdkException e) {
            throw failed("write", folder, name, "s3:PutObject", e);
        }
    }

    @Override
    public Optional<byte[]> get(ResultFolder folder, String name) {
        try {
            return Optional.of(s3.getObject(
                    get -> get.bucket(bucket).key(folder.key(name)), (answer, content) -> beginning(content)));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw failed("read", folder, name, "s3:GetObject", e);
        }
    }

    @Override
    public void delete(ResultFolder folder, String name) {
        try {
            s3.deleteObject(delete -> delete.bucket(bucket).key(folder.key(name)));
        } catch (SdkException e) {
            throw failed("delete", folder, name, "s3:DeleteObject", e);
        }
    }

    @Override
    public List<Listed> list(ResultFolder folder, String beginning) {
        try {
            return s3
                    .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(folder.key(beginning)))
                    .contents()
                    .stream()
                    .map(object ->
                            new Listed(object.key().substring(folder.key("").length()), object.lastModified()))
                    .toList();
        } catch (SdkException e) {
            throw failed("list", folder, beginning, "s3:ListBucket", e);
        }
    }

    /** A build stores what it likes, and this has to fit into a function's memory. */
    private static byte[] beginning(AbortableInputStream content) throws IOException {
        var bytes = content.readNBytes(LARGEST);
        if (bytes.length == LARGEST) {
            content.abort();
        }
        return bytes;
    }

    private ResultsUnavailableException failed(
            String what, ResultFolder folder, String name, String permission, SdkException e) {
        return new ResultsUnavailableException(
                "cannot " + what + " s3://" + bucket + "/" + folder.key(name)
                        + "; check that the bucket is there and that " + permission + " is allowed: " + e.getMessage(),
                e);
    }
}
