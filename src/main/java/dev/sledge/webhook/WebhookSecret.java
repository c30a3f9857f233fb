package dev.sledge.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret shared with a forge. It cannot be empty or blank, and prints as {@code WebhookSecret[…]}. */
public final class WebhookSecret {
    private final byte[] key;

    public WebhookSecret(String secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("a webhook secret is empty: every request would be accepted or none");
        }
        this.key = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** HMAC-SHA256 over the raw bytes. */
    public byte[] sign(Body body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(body.bytes());
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** Whether {@code signature} is this secret's over {@code body}; takes the same time wherever they differ. */
    boolean signed(Body body, byte[] signature) {
        return MessageDigest.isEqual(sign(body), signature);
    }

    @Override
    public String toString() {
        return "WebhookSecret[…]";
    }
}
