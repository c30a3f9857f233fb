package dev.sledge.agent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;

/** Images of random bytes: what is in them does not matter to who serves them. */
final class Images {
    private Images() {}

    static byte[] bytes(int size, long seed) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static FrozenImage of(byte[] content) {
        return of(content, 0);
    }

    static FrozenImage of(byte[] content, int streamed) {
        try {
            return new FrozenImage(content.length, streamed, BlockTable.of(new ByteArrayInputStream(content)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
