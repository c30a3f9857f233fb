package dev.sledge.webhook;

import java.util.regex.Pattern;

/** The forge's own id of one delivery, the same when it is delivered again. */
public record DeliveryId(String value) {
    private static final Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    public DeliveryId {
        if (!PRINTABLE.matcher(value).matches()) {
            throw new IllegalArgumentException("a delivery id has 1 to 128 of A-Z a-z 0-9 . _ : -");
        }
    }
}
