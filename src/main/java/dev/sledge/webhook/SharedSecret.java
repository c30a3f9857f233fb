package dev.sledge.webhook;

/**
 * A secret that a forge signs with, and the repositories that it may speak for: whoever knows the secret of one repository must not be
 * able to push to another.
 */
public record SharedSecret(WebhookSecret secret, RepositoryNames repositories) {}
