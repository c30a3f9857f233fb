package dev.sledge.webhook;

import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An HMAC of the body in a header, in hex. The first header of the list that came decides, whatever the others say.
 *
 * @see <a href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">validating deliveries</a>
 */
record HmacProof(List<SignatureHeader> headers) implements Proof {
    /**
     * Where a signature is found.
     *
     * @param prefix in front of the hex digits, {@code sha256=}; the algorithm is ours to fix and not the request's to name
     */
    record SignatureHeader(String name, String prefix, WebhookSecret.Algorithm algorithm) {
        private Pattern grammar() {
            return Pattern.compile(Pattern.quote(prefix) + "([0-9a-fA-F]{" + 2 * algorithm.bytes() + "})");
        }
    }

    HmacProof {
        headers = List.copyOf(headers);
    }

    @Override
    public Proving prove(WebhookRequest request, List<SharedSecret> secrets) {
        for (var header : headers) {
            var values = request.header(header.name());
            if (!values.isEmpty()) {
                return prove(request, secrets, header, values);
            }
        }
        return new Proving.Unproved("header " + headers.getFirst().name() + " is missing; set a secret on the webhook");
    }

    private static Proving prove(
            WebhookRequest request, List<SharedSecret> secrets, SignatureHeader header, List<String> values) {
        if (values.size() > 1) {
            return new Proving.Unproved(
                    "header " + header.name() + " came " + values.size() + " times; one is allowed");
        }
        var hex = header.grammar().matcher(values.getFirst());
        if (!hex.matches()) {
            return new Proving.Unproved("header " + header.name() + " is not "
                    + (header.prefix().isEmpty() ? "" : header.prefix() + " and ")
                    + 2 * header.algorithm().bytes() + " hex digits");
        }
        var signature = HexFormat.of().parseHex(hex.group(1));
        var by = secrets.stream()
                .filter(shared -> shared.secret().signed(header.algorithm(), request.body(), signature))
                .toList();
        return by.isEmpty()
                ? new Proving.Unproved(header.name() + " does not match the body; the webhook's secret and ours differ")
                : new Proving.Proved(by);
    }
}
