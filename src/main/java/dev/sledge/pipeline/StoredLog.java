package dev.sledge.pipeline;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A builder's log as the build stores it, compressed with zstd. */
final class StoredLog {
    /** More than any build prints; what is compressed can be made to be much larger than what is stored. */
    private static final int LARGEST = 64 << 20;

    private StoredLog() {}

    /** The text, as far as it can be had: a log that was cut off gives its beginning, one that is no zstd gives nothing. */
    static String text(byte[] zstd) {
        var text = new ByteArrayOutputStream();
        try (var stream = new ZstdInputStream(new ByteArrayInputStream(zstd))) {
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
