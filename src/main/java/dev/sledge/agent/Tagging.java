package dev.sledge.agent;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * By which an object in S3 says who else may read it: builds of forks read what carries their project's ARN.
 *
 * @param readers the ARN of a project of CodeBuild; empty for nobody
 */
record Tagging(String readers) {
    void on(PutObjectRequest.Builder put) {
        if (!readers.isEmpty()) {
            put.tagging(header());
        }
    }

    void on(CreateMultipartUploadRequest.Builder create) {
        if (!readers.isEmpty()) {
            create.tagging(header());
        }
    }

    private String header() {
        return URLEncoder.encode("sledge:fork-project", StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(readers, StandardCharsets.UTF_8);
    }
}
