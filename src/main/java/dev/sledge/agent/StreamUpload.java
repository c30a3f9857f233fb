package dev.sledge.agent;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A stream of unknown length as one object of S3: its parts travel while it is still being made, and it is there whole or not at all.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html">multipart upload</a>
 */
final class StreamUpload {
    /** 10,000 parts at most: objects up to 160 GB. */
    private static final int PART = 16 << 20;

    private static final int CONNECTIONS = 4;

    private final S3Client s3;
    private final Tagging tagging;

    StreamUpload(S3Client s3, Tagging tagging) {
        this.s3 = s3;
        this.tagging = tagging;
    }

    /** Says at the end of a stream whether it was the right one. */
    interface Check {
        /**
         * Passes, or not.
         *
         * @throws IOException if it was not the right one
         */
        void passed() throws IOException;
    }

    /**
     * Stores all of {@code in}. What was stored of it is taken back if it fails.
     *
     * @param check asked before the object is there for others
     * @return how many bytes it has
     * @throws IOException if the stream breaks, or is not the right one
     */
    long store(S3Address address, InputStream in, Check check) throws IOException {
        var first = in.readNBytes(PART);
        if (first.length < PART) {
            check.passed();
            s3.putObject(
                    put -> tagging.on(put.bucket(address.bucket()).key(address.key())), RequestBody.fromBytes(first));
            return first.length;
        }
        var upload = s3.createMultipartUpload(
                        create -> tagging.on(create.bucket(address.bucket()).key(address.key())))
                .uploadId();
        try {
            return storeParts(address, upload, first, in, check);
        } catch (IOException | RuntimeException e) {
            s3.abortMultipartUpload(
                    abort -> abort.bucket(address.bucket()).key(address.key()).uploadId(upload));
            throw e;
        }
    }

    private long storeParts(S3Address address, String upload, byte[] first, InputStream in, Check check)
            throws IOException {
        var free = new Semaphore(CONNECTIONS);
        var parts = new ArrayList<Future<CompletedPart>>();
        var length = 0L;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var part = first; part.length > 0; part = in.readNBytes(PART)) {
                var number = parts.size() + 1;
                var bytes = part;
                free.acquireUninterruptibly();
                parts.add(threads.submit(() -> {
                    try {
                        return storePart(address, upload, number, bytes);
                    } finally {
                        free.release();
                    }
                }));
                length += bytes.length;
            }
        }
        var stored = stored(parts);
        check.passed();
        s3.completeMultipartUpload(complete -> complete.bucket(address.bucket())
                .key(address.key())
                .uploadId(upload)
                .multipartUpload(all -> all.parts(stored)));
        return length;
    }

    private CompletedPart storePart(S3Address address, String upload, int number, byte[] bytes) {
        var answer = s3.uploadPart(
                part -> part.bucket(address.bucket())
                        .key(address.key())
                        .uploadId(upload)
                        .partNumber(number),
                RequestBody.fromBytes(bytes));
        return CompletedPart.builder().partNumber(number).eTag(answer.eTag()).build();
    }

    private static List<CompletedPart> stored(List<Future<CompletedPart>> parts) throws IOException {
        var stored = new ArrayList<CompletedPart>();
        for (var part : parts) {
            try {
                stored.add(part.get());
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        return stored;
    }
}
