package dev.sledge.webhook;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bodies of the type {@code application/x-www-form-urlencoded}.
 *
 * @see <a href="https://url.spec.whatwg.org/#application/x-www-form-urlencoded">the format</a>
 */
final class FormBody {
    private FormBody() {}

    /**
     * The bytes of a field's value.
     *
     * @throws IllegalArgumentException if the field is not there exactly once, or is badly encoded
     */
    static byte[] field(Body body, String name) {
        var values = Arrays.stream(new String(body.bytes(), StandardCharsets.UTF_8).split("&", -1))
                .filter(field -> field.startsWith(name + "="))
                .toList();
        if (values.size() != 1) {
            throw new IllegalArgumentException("the form has " + values.size() + " fields '" + name + "', not one");
        }
        var value = values.getFirst().substring(name.length() + 1);
        return URLDecoder.decode(value, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }
}
