package dev.sledge.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sledge.Property;
import dev.sledge.local.S3AtHand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Streams to S3 and back, over a real S3. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamsTest {
    private static final S3Address ADDRESS = new S3Address(S3AtHand.BUCKET, "cache/trusted/hello/tarball/s0.tar.zst");

    private S3AtHand server;
    private S3Client s3;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = new S3AtHand(directory);
        s3 = Main.client(server.builder());
    }

    @AfterAll
    void stop() {
        s3.close();
        server.close();
    }

    private static byte[] bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static InputStream marked(byte[] content, String mark) throws IOException {
        var all = new ByteArrayOutputStream();
        all.write(content);
        all.write(mark.getBytes(StandardCharsets.US_ASCII));
        return new ByteArrayInputStream(all.toByteArray());
    }

    private long put(InputStream in) throws IOException {
        var marked = new MarkedStream(in);
        return new StreamUpload(s3, new Tagging("")).store(ADDRESS, marked, marked::checkEnd);
    }

    private byte[] get() throws IOException {
        var out = new ByteArrayOutputStream();
        new ParallelDownload(s3).copy(ADDRESS, out);
        return out.toByteArray();
    }

    /** Around the sizes of parts and ranges. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000_000, (8 << 20) - 1, 8 << 20, (16 << 20) - 1, 16 << 20, (16 << 20) + 1, 50 << 20})
    void whatIsPutIsGotAgain(int size) throws Exception {
        var content = bytes(size);
        assertThat(put(marked(content, MarkedStream.MARK))).isEqualTo(size);
        assertThat(get()).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 40 << 20})
    void whatBreaksOffTakesNothingsPlace(int size) throws Exception {
        var before = bytes(10);
        put(marked(before, MarkedStream.MARK));
        for (var mark : new String[] {"", "sledge:en", "sledge:enD"}) {
            assertThatIOException()
                    .isThrownBy(() -> put(marked(bytes(size), mark)))
                    .withMessageContaining("broke off");
        }
        assertThat(get()).isEqualTo(before);
        assertThat(s3.listMultipartUploads(list -> list.bucket(ADDRESS.bucket()))
                        .uploads())
                .isEmpty();
    }

    @Test
    void aMarkedStreamGivesItsContentInWhateverPiecesItIsRead() {
        Property.holds(200, Random::nextLong, StreamsTest::isGiven);
    }

    private static void isGiven(long seed) {
        var random = new Random(seed);
        var content = bytes(random.nextInt(300_000));
        try {
            var in = new MarkedStream(marked(content, MarkedStream.MARK));
            var out = new ByteArrayOutputStream();
            var piece = new byte[1 + random.nextInt(100_000)];
            for (var read = in.read(piece); read >= 0; read = in.read(piece)) {
                out.write(piece, 0, read);
            }
            in.checkEnd();
            assertThat(out.toByteArray()).isEqualTo(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
