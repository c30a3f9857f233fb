package dev.sledge.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP request to a webhook, whatever front it came through.
 *
 * @param headers by lower-case name, each with all the values it was sent with
 */
public record WebhookRequest(Map<String, List<String>> headers, Body body) {
    public WebhookRequest {
        var lower = new TreeMap<String, List<String>>();
        headers.forEach((name, values) -> lower.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                .addAll(values));
        lower.replaceAll((name, values) -> List.copyOf(values));
        headers = Map.copyOf(lower);
    }

    /** The values of a header, none if it was not sent; a header that proves something must have exactly one. */
    public List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /**
     * The value of a header.
     *
     * @throws IllegalArgumentException if it did not come exactly once
     */
    String only(String name) {
        var values = header(name);
        if (values.size() != 1) {
            throw new IllegalArgumentException("header " + name + " came " + values.size() + " times, not once");
        }
        return values.getFirst();
    }
}
