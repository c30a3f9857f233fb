package dev.sledge.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * One object of S3 as a stream, fetched in ranges by several connections at once: one connection to S3 gives some 90 MB/s. Of the object
 * no more than {@link #CONNECTIONS} ranges are in memory.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance-guidelines.html">byte-range fetches</a>
 */
final class ParallelDownload {
    static final int CONNECTIONS = 8;
    private static final int RANGE = 8 << 20;

    private final S3Client s3;

    ParallelDownload(S3Client s3) {
        this.s3 = s3;
    }

    /**
     * Writes the object to {@code out}, in its order. All ranges are of one version of it: another one that takes its place meanwhile makes
     * this fail.
     *
     * @throws software.amazon.awssdk.services.s3.model.NoSuchKeyException if there is none
     * @throws IOException if {@code out} takes no more
     */
    void copy(S3Address address, OutputStream out) throws IOException {
        copy(address, s3.headObject(ask -> ask.bucket(address.bucket()).key(address.key())), 0, out);
    }

    /** The same of an object that is known already, from a byte on. */
    void copy(S3Address address, HeadObjectResponse head, long start, OutputStream out) throws IOException {
        var size = head.contentLength();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ranges = new ArrayDeque<Future<byte[]>>();
            for (var at = start; at < size || !ranges.isEmpty(); ) {
                while (at < size && ranges.size() < CONNECTIONS) {
                    var from = at;
                    var to = Math.min(size, from + RANGE) - 1;
                    ranges.add(threads.submit(() -> range(address, head.eTag(), from, to)));
                    at = to + 1;
                }
                out.write(arrived(ranges.remove()));
            }
        }
    }

    private byte[] range(S3Address address, String version, long from, long to) {
        return s3.getObjectAsBytes(get -> get.bucket(address.bucket())
                        .key(address.key())
                        .ifMatch(version)
                        .range("bytes=" + from + "-" + to))
                .asByteArrayUnsafe();
    }

    private static byte[] arrived(Future<byte[]> range) throws IOException {
        try {
            return range.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
