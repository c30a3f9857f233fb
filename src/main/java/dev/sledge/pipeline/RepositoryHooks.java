package dev.sledge.pipeline;

import dev.sledge.event.Repository;
import dev.sledge.webhook.WebhookSecret;
import java.net.URI;
import java.util.List;

/** The webhooks of a repository, as its forge keeps them. */
public interface RepositoryHooks {
    /**
     * Those that are registered, whoever made them. The forge shows no secrets.
     *
     * @throws HooksUnavailableException if the forge cannot be asked or does not allow it
     */
    List<Registered> list(Repository repository);

    /**
     * Makes a webhook, or brings one of {@link #list} to the same state: all events that Sledge builds, JSON, the secret, active.
     *
     * @throws HooksUnavailableException if the forge did not do it
     */
    void register(Repository repository, Registration registration);

    /**
     * One webhook.
     *
     * @param id by which the forge names it
     * @param complete whether it is active and sends all that Sledge builds, as JSON
     */
    record Registered(String id, URI url, boolean complete) {}

    /** What a webhook is to be like. */
    record Registration(Target target, URI url, WebhookSecret secret) {}

    /** What a registration works on. */
    sealed interface Target {
        record New() implements Target {}

        record Existing(String id) implements Target {}
    }
}
