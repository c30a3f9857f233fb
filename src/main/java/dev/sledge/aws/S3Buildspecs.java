package dev.sledge.aws;

import dev.sledge.build.ResultsUnavailableException;
import dev.sledge.image.Digest;
import dev.sledge.plan.Trust;
import java.util.Locale;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Where CodeBuild reads buildspecs: what is short enough goes with the start of the build, the rest lies in a bucket under the digest of
 * its text, {@code buildspecs/<trust class>/<sha256>.yml}.
 *
 * @see <a href="https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html">buildspecOverride</a>
 */
public final class S3Buildspecs {
    /** CodeBuild refuses an inline buildspec of more than 25,600 characters. */
    static final int LONGEST_INLINE = 25_600;

    private final S3Client s3;
    private final String bucket;
    private final String partition;

    /** @param partition of the bucket's region, {@code aws} or {@code aws-cn} */
    public S3Buildspecs(S3Client s3, String bucket, String partition) {
        this.s3 = s3;
        this.bucket = bucket;
        this.partition = partition;
    }

    /** What {@code buildspecOverride} is to be: the text itself, or the ARN of an object that holds it. */
    String place(Trust trust, String buildspec) {
        if (buildspec.length() <= LONGEST_INLINE) {
            return buildspec;
        }
        var key = "buildspecs/" + trust.name().toLowerCase(Locale.ROOT) + "/"
                + Digest.of(buildspec).hex() + ".yml";
        try {
            s3.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromString(buildspec));
        } catch (SdkException e) {
            throw new ResultsUnavailableException(
                    "cannot write s3://" + bucket + "/" + key
                            + "; check that the bucket is there and that s3:PutObject is allowed: " + e.getMessage(),
                    e);
        }
        return "arn:" + partition + ":s3:::" + bucket + "/" + key;
    }
}
