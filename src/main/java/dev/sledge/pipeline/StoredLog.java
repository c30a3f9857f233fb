package dev.sledge.pipeline;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** A builder's log: uploaded by the build with gzip, which every build image has, and kept with zstd, which makes it half as large. */
final class StoredLog {
    /** More than any build prints; what is compressed can be made to be much larger than what is stored. */
    private static final int LARGEST = 64 << 20;

    private StoredLog() {}

    private interface Decompression {
        InputStream of(InputStream compressed) throws IOException;
    }

    /** The text that a build uploaded. */
    static String uploaded(byte[] gzip) {
        return text(gzip, GZIPInputStream::new);
    }

    /** The text that {@link #kept} made small. */
    static String text(byte[] zstd) {
        return text(zstd, ZstdInputStream::new);
    }

    static byte[] kept(String text) {
        var compressed = new ByteArrayOutputStream();
        try (var stream = new ZstdOutputStream(compressed)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes what is written to it", e);
        }
        return compressed.toByteArray();
    }

    /** As far as it can be had: a log that was cut off gives its beginning, one that is not compressed gives nothing. */
    private static String text(byte[] compressed, Decompression decompression) {
        var text = new ByteArrayOutputStream();
        try (var stream = decompression.of(new ByteArrayInputStream(compressed))) {
            var part = new byte[1 << 16];
            for (var read = stream.read(part); read > 0 && text.size() < LARGEST; read = stream.read(part)) {
                text.write(part, 0, read);
            }
        } catch (IOException | MalformedInputException e) {
            // A record without the rest of its log says more than none: the build's outcome is known from elsewhere.
            return text.toString(StandardCharsets.UTF_8);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
