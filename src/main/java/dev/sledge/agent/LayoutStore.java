package dev.sledge.agent;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.TaggingDirective;

/**
 * A build cache as content-addressed blobs in S3, laid out as OCI lays out images: {@code blobs/sha256/<hex>}, and for each scope
 * {@code index/<scope>.json}, an image index whose one manifest is the cache. Blobs never change, so a blob that is there never travels
 * again, and of two builds at once the later one's index stays, which names a whole cache either way.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md">image layout</a>
 */
final class LayoutStore {
    /** What is still in use is written anew, so that an expiry by age takes away only what is not. */
    private static final Duration TOUCHED_AFTER = Duration.ofDays(3);

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final JsonMapper JSON = new JsonMapper();

    private final S3Client s3;
    private final S3Address root;
    private final InstantSource clock;
    private final StreamUpload upload;
    private final StreamUpload indexUpload;
    private final ParallelDownload download;

    /**
     * A cache below a folder.
     *
     * @param root the folder of one repository's layout
     * @param blobs who reads blobs; nobody finds one without an index
     * @param indexes who reads the indexes that are written
     */
    LayoutStore(S3Client s3, S3Address root, Tagging blobs, Tagging indexes, InstantSource clock) {
        this.s3 = s3;
        this.root = root;
        this.clock = clock;
        this.upload = new StreamUpload(s3, blobs);
        this.indexUpload = new StreamUpload(s3, indexes);
        this.download = new ParallelDownload(s3);
    }

    /**
     * The cache of a scope.
     *
     * @return empty if there is none, or a blob of it is gone: a build that reads such a cache would break
     */
    Optional<Manifest> manifestOf(String scope) throws IOException {
        var index = content(index(scope));
        if (index.isEmpty()) {
            return Optional.empty();
        }
        return manifest(ContentDigest.parse(
                JSON.readTree(index.get()).at("/manifests/0/digest").asText()));
    }

    /** A manifest by its digest; empty too if it is damaged, or a blob of it is gone. */
    Optional<Manifest> manifest(ContentDigest digest) throws IOException {
        var content =
                content(blob(digest)).filter(bytes -> ContentDigest.of(bytes).equals(digest));
        if (content.isEmpty()) {
            return Optional.empty();
        }
        var manifest = Manifest.read(digest, content.get());
        return hasAll(manifest.blobs()) ? Optional.of(manifest) : Optional.empty();
    }

    private boolean hasAll(List<ContentDigest> blobs) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Boolean>>();
            blobs.forEach(blob -> answers.add(threads.submit(() -> head(blob).isPresent())));
            for (var answer : answers) {
                if (!answer.get()) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            // Who does not know whether it is there, does without.
            return false;
        }
    }

    /** What S3 says of a blob; empty if it is not there. */
    Optional<HeadObjectResponse> head(ContentDigest digest) {
        var address = blob(digest);
        try {
            return Optional.of(s3.headObject(ask -> ask.bucket(address.bucket()).key(address.key())));
        } catch (S3Exception e) {
            return Absence.of(e);
        }
    }

    /** Writes a blob to {@code out}, from a byte on. */
    void copy(ContentDigest digest, HeadObjectResponse head, long start, OutputStream out) throws IOException {
        download.copy(blob(digest), head, start, out);
    }

    /**
     * Stores a blob.
     *
     * @throws IOException if it is not what its digest says; then it is not stored
     */
    void store(ContentDigest digest, InputStream content) throws IOException {
        var fed = new DigestInputStream(content, ContentDigest.algorithm());
        upload.store(blob(digest), fed, () -> {
            var is = ContentDigest.of(fed.getMessageDigest());
            if (!is.equals(digest)) {
                throw new IOException("the content is " + is + ", not " + digest);
            }
        });
    }

    /** Stores a manifest, as the cache of a scope from now on. */
    void store(String scope, Manifest manifest) throws IOException {
        store(manifest.digest(), new ByteArrayInputStream(manifest.bytes()));
        var index = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", INDEX);
        index.putArray("manifests")
                .addObject()
                .put("mediaType", manifest.mediaType())
                .put("digest", manifest.digest().toString())
                .put("size", manifest.bytes().length);
        indexUpload.store(index(scope), new ByteArrayInputStream(JSON.writeValueAsBytes(index)), () -> {});
    }

    /** Makes a blob young again that is still in use; it is only called old, and read until it expires, if that fails. */
    void touch(ContentDigest digest, HeadObjectResponse head) {
        if (head.lastModified().plus(TOUCHED_AFTER).isAfter(clock.instant())) {
            return;
        }
        var address = blob(digest);
        s3.copyObject(copy -> copy.sourceBucket(address.bucket())
                .sourceKey(address.key())
                .destinationBucket(address.bucket())
                .destinationKey(address.key())
                .metadataDirective(MetadataDirective.REPLACE)
                .taggingDirective(TaggingDirective.COPY));
    }

    private Optional<byte[]> content(S3Address address) {
        try {
            return Optional.of(
                    s3.getObjectAsBytes(get -> get.bucket(address.bucket()).key(address.key()))
                            .asByteArray());
        } catch (S3Exception e) {
            return Absence.of(e);
        }
    }

    private S3Address blob(ContentDigest digest) {
        return root.below("blobs/sha256/" + digest.hex());
    }

    private S3Address index(String scope) {
        return root.below("index/" + scope + ".json");
    }
}
