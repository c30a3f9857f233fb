package dev.sledge.agent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.TaggingDirective;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Frozen engines in S3, those of one repository: {@code images/<digest>} and {@code manifests/<digest>.json}, which never change, and for each
 * scope {@code heads/<scope>.json}, which is moved.
 */
final class FrozenStore {
    private static final Duration TOUCHED_AFTER = Duration.ofDays(3);
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    private final S3Client s3;
    private final S3Address root;
    private final StreamUpload upload;
    private final Tagging heads;

    /**
     * The frozen engines below a folder.
     *
     * @param content who else reads images and manifests; nobody finds one without a head
     * @param heads who else reads heads
     */
    FrozenStore(S3Client s3, S3Address root, Tagging content, Tagging heads) {
        this.s3 = s3;
        this.root = root;
        this.upload = new StreamUpload(s3, content);
        this.heads = heads;
    }

    /**
     * A head that is there.
     *
     * @param content as it is stored; nothing is known of it yet
     * @param version by which S3 knows whether it is still the same
     */
    record Found(String content, String version) {
        /** @throws IOException if it is none that can be read */
        FrozenHead head() throws IOException {
            return FrozenHead.read(content);
        }
    }

    /** The head of a scope; empty if there is none. */
    Optional<Found> head(String scope) {
        try {
            var answer = s3.getObjectAsBytes(
                    get -> get.bucket(root.bucket()).key(headAt(scope).key()));
            return Optional.of(
                    new Found(answer.asUtf8String(), answer.response().eTag()));
        } catch (S3Exception e) {
            return Absence.of(e);
        }
    }

    /**
     * A manifest.
     *
     * @throws IOException if it is not there, damaged, or of another version
     */
    FrozenManifest manifest(ContentDigest digest) throws IOException {
        try {
            var content = s3.getObjectAsBytes(get ->
                            get.bucket(root.bucket()).key(manifestAt(digest).key()))
                    .asByteArrayUnsafe();
            if (!ContentDigest.of(content).equals(digest)) {
                throw new IOException("manifest " + digest + " is damaged");
            }
            return FrozenManifest.read(content);
        } catch (S3Exception e) {
            if (Absence.is(e)) {
                throw new IOException("manifest " + digest + " is not there any more", e);
            }
            throw e;
        }
    }

    /** Where an image can be read for a while by anybody who is told. */
    URL signed(ContentDigest image, S3Presigner presigner, Duration valid) {
        return presigner
                .presignGetObject(sign -> sign.signatureDuration(valid)
                        .getObjectRequest(get ->
                                get.bucket(root.bucket()).key(imageAt(image).key())))
                .url();
    }

    /** Stores an image. */
    void store(FrozenImage image, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            upload.store(imageAt(image.digest()), in, () -> {});
        }
    }

    /** Stores a manifest; says how it is called. */
    ContentDigest store(FrozenManifest manifest) throws IOException {
        var bytes = manifest.bytes();
        var digest = ContentDigest.of(bytes);
        upload.store(manifestAt(digest), new ByteArrayInputStream(bytes), () -> {});
        return digest;
    }

    /**
     * Moves a head.
     *
     * @param before the version it has to have still; empty if there has to be none
     * @return whether it was still that; else another build was faster, and its head stays
     */
    boolean move(String scope, Optional<String> before, FrozenHead head) throws IOException {
        var bytes = head.bytes();
        try {
            s3.putObject(
                    put -> {
                        heads.on(put.bucket(root.bucket()).key(headAt(scope).key()));
                        before.ifPresentOrElse(put::ifMatch, () -> put.ifNoneMatch("*"));
                    },
                    RequestBody.fromBytes(bytes));
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
                // Also if it was moved, the answer got lost, and the client asked again.
                return is(head(scope), bytes);
            }
            throw e;
        } catch (SdkClientException e) {
            // A server may refuse before all is sent, and hang up: then nobody hears its answer.
            var found = head(scope);
            if (found.map(Found::version).equals(before)) {
                throw e;
            }
            return is(found, bytes);
        }
    }

    private static boolean is(Optional<Found> found, byte[] head) {
        return found.filter(is -> Arrays.equals(is.content().getBytes(StandardCharsets.UTF_8), head))
                .isPresent();
    }

    /** Makes an image young again that is still in use: what nobody uses any more expires by its age. */
    void touch(FrozenImage image, Instant now) {
        var key = imageAt(image.digest()).key();
        var head = s3.headObject(ask -> ask.bucket(root.bucket()).key(key));
        if (head.lastModified().plus(TOUCHED_AFTER).isAfter(now)) {
            return;
        }
        s3.copyObject(copy -> copy.sourceBucket(root.bucket())
                .sourceKey(key)
                .destinationBucket(root.bucket())
                .destinationKey(key)
                .metadataDirective(MetadataDirective.REPLACE)
                .taggingDirective(TaggingDirective.COPY));
    }

    private S3Address imageAt(ContentDigest digest) {
        return root.below("images/" + digest.hex());
    }

    private S3Address manifestAt(ContentDigest digest) {
        return root.below("manifests/" + digest.hex() + ".json");
    }

    private S3Address headAt(String scope) {
        return root.below("heads/" + scope + ".json");
    }
}
