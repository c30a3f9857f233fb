package dev.sledge.lambda;

import dev.sledge.aws.S3Buildspecs;
import dev.sledge.aws.S3Results;
import dev.sledge.aws.S3SharedFiles;
import dev.sledge.aws.SentAtOnce;
import dev.sledge.build.Bucket;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The bucket that {@code template.yaml} makes, {@code SLEDGE_RESULTS_BUCKET}. */
final class ResultsBucket {
    private final S3Client s3;
    private final String name;
    private final Region region;

    ResultsBucket(FunctionEnvironment environment, SdkHttpClient http) {
        name = environment.required("SLEDGE_RESULTS_BUCKET");
        region = Region.of(environment.required("AWS_REGION"));
        s3 = S3Client.builder()
                .httpClient(http)
                .overrideConfiguration(to -> to.addExecutionInterceptor(new SentAtOnce()))
                // Other servers than AWS's have no host for each bucket.
                .forcePathStyle(environment.value("SLEDGE_S3_PATH_STYLE").isPresent())
                .build();
    }

    Bucket bucket() {
        return new Bucket(new S3Results(s3, name), new S3SharedFiles(s3, name), "s3://" + name);
    }

    S3Buildspecs buildspecs() {
        return new S3Buildspecs(s3, name, region.metadata().partition().id());
    }
}
