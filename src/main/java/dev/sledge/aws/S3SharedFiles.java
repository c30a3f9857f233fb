package dev.sledge.aws;

import dev.sledge.build.ResultsUnavailableException;
import dev.sledge.build.SharedFiles;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Shared files in an S3 bucket, by conditional writes: {@code If-None-Match: *} for a new file, {@code If-Match} with the entity tag that
 * was seen for another.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">conditional writes</a>
 */
public final class S3SharedFiles implements SharedFiles {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    private final S3Client s3;
    private final String bucket;

    public S3SharedFiles(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Seen read(String key) {
        try {
            var object = s3.getObjectAsBytes(get -> get.bucket(bucket).key(key));
            return new Seen.Present(key, object.response().eTag(), object.asUtf8String());
        } catch (NoSuchKeyException e) {
            return new Seen.Absent(key);
        } catch (SdkException e) {
            throw failed("read", key, "s3:GetObject", e);
        }
    }

    @Override
    public Write write(Seen seen, String content) {
        try {
            var answer =
                    s3.putObject(conditional(seen), RequestBody.fromBytes(content.getBytes(StandardCharsets.UTF_8)));
            return new Write.Written(new Seen.Present(seen.key(), answer.eTag(), content));
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                // 404: the file that was to be replaced is gone; 409: another write was under way.
                case PRECONDITION_FAILED, CONFLICT -> overtaken(seen, content);
                case NOT_FOUND -> {
                    if (e instanceof NoSuchKeyException) {
                        yield new Write.Overtaken();
                    }
                    throw failed("write", seen.key(), "s3:PutObject", e);
                }
                default -> throw failed("write", seen.key(), "s3:PutObject", e);
            };
        } catch (SdkException e) {
            throw failed("write", seen.key(), "s3:PutObject", e);
        }
    }

    private PutObjectRequest conditional(Seen seen) {
        var put = PutObjectRequest.builder().bucket(bucket).key(seen.key()).contentType("application/json");
        return switch (seen) {
            case Seen.Absent absent -> put.ifNoneMatch("*").build();
            case Seen.Present(var key, var version, var content) ->
                put.ifMatch(version).build();
        };
    }

    /** A write that was done and whose answer was lost is tried again by the client, and then overtaken by itself. */
    private Write overtaken(Seen seen, String content) {
        return read(seen.key()) instanceof Seen.Present now && now.content().equals(content)
                ? new Write.Written(now)
                : new Write.Overtaken();
    }

    private ResultsUnavailableException failed(String what, String key, String permission, SdkException e) {
        return new ResultsUnavailableException(
                "cannot " + what + " s3://" + bucket + "/" + key + "; check that the bucket is there and that "
                        + permission + " is allowed: " + e.getMessage(),
                e);
    }
}
