package dev.sledge.pipeline;

import dev.sledge.event.Repository;
import dev.sledge.webhook.WebhookSecret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The webhooks of repositories, as a forge keeps them: it never shows a secret, but signs with it. */
public final class HooksInMemory implements RepositoryHooks {
    private final Map<Repository, List<Registered>> hooks = new HashMap<>();
    private final Map<String, WebhookSecret> secrets = new HashMap<>();
    private boolean down;

    /** From now on the forge does nothing that it is asked for. */
    void goDown() {
        down = true;
    }

    void comeBack() {
        down = false;
    }

    void add(Repository repository, Registered hook) {
        hooks.computeIfAbsent(repository, none -> new ArrayList<>()).add(hook);
    }

    /** What a delivery to the only webhook of a repository would be signed with. */
    WebhookSecret secret(Repository repository) {
        var id = list(repository).getFirst().id();
        return Objects.requireNonNull(secrets.get(id));
    }

    @Override
    public List<Registered> list(Repository repository) {
        return List.copyOf(hooks.getOrDefault(repository, List.of()));
    }

    @Override
    public void register(Repository repository, Registration registration) {
        if (down) {
            throw new HooksUnavailableException("the forge is down");
        }
        var id = switch (registration.target()) {
            case Target.New() -> "hook-" + (secrets.size() + 1);
            case Target.Existing(var existing) -> existing;
        };
        var all = hooks.computeIfAbsent(repository, none -> new ArrayList<>());
        all.removeIf(hook -> hook.id().equals(id));
        all.add(new Registered(id, registration.url(), true));
        secrets.put(id, registration.secret());
    }
}
