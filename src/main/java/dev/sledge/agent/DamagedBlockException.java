package dev.sledge.agent;

import java.io.IOException;

/** A block is not what it was when its image was made. */
final class DamagedBlockException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedBlockException(ContentDigest image, int block) {
        super("block " + block + " of " + image + " is damaged");
    }
}
