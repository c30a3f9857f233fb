package dev.sledge.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret shared with a forge. It cannot be empty or blank, and prints as {@code WebhookSecret[…]}. */
public final class WebhookSecret {
    private final String secret;

    public WebhookSecret(String secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("a webhook secret is empty: every request would be accepted or none");
        }
        this.secret = secret;
    }

    /** Keyed hashes that forges sign with. */
    enum Algorithm {
        SHA256("HmacSHA256", 32),
        /** Good for a keyed hash to this day; only where a forge sends no better one. */
        SHA1("HmacSHA1", 20);

        private final String name;
        private final int bytes;

        Algorithm(String name, int bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        int bytes() {
            return bytes;
        }
    }

    /** HMAC-SHA256 over the raw bytes. */
    public byte[] sign(Body body) {
        return hmac(Algorithm.SHA256, secret.getBytes(StandardCharsets.UTF_8), body.bytes());
    }

    /** Whether {@code signature} is this secret's over {@code body}; takes the same time wherever they differ. */
    boolean signed(Algorithm algorithm, Body body, byte[] signature) {
        return MessageDigest.isEqual(hmac(algorithm, secret.getBytes(StandardCharsets.UTF_8), body.bytes()), signature);
    }

    static byte[] hmac(Algorithm algorithm, byte[] key, byte[] bytes) {
        try {
            var mac = Mac.getInstance(algorithm.name);
            mac.init(new SecretKeySpec(key, algorithm.name));
            return mac.doFinal(bytes);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + algorithm.name, e);
        }
    }

    /** The secret itself, for the forge that is to sign with it and the place that keeps it; for nothing else. */
    public String reveal() {
        return secret;
    }

    @Override
    public String toString() {
        return "WebhookSecret[…]";
    }
}
