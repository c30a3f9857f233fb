package dev.sledge.webhook;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** The forge's own id of one delivery, the same when it is delivered again. */
public record DeliveryId(String value) {
    private static final Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    public DeliveryId {
        if (!PRINTABLE.matcher(value).matches()) {
            throw new IllegalArgumentException("a delivery id has 1 to 128 of A-Z a-z 0-9 . _ : -");
        }
    }

    /**
     * The id of a request, from the first of the headers that came, or its hash if that has other characters; without one the body's
     * own hash, which is the same when it is delivered again.
     *
     * @throws IllegalArgumentException if the header came twice
     */
    static DeliveryId of(WebhookRequest request, String... headers) {
        for (var header : headers) {
            if (!request.header(header).isEmpty()) {
                var value = request.only(header);
                return PRINTABLE.matcher(value).matches() ? new DeliveryId(value) : hash(Body.utf8(value));
            }
        }
        return hash(request.body());
    }

    private static DeliveryId hash(Body body) {
        return new DeliveryId("sha256:" + HexFormat.of().formatHex(body.sha256()));
    }
}
