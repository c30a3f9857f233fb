package dev.sledge.webhook;

/**
 * An HTTP request, whatever front it came through.
 *
 * @param method in capitals, {@code POST}
 * @param path without query, as it was asked for: {@code /hook/github}
 */
public record HttpRequest(String method, String path, WebhookRequest content) {}
