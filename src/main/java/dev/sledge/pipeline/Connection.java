package dev.sledge.pipeline;

import dev.sledge.event.Repository;
import dev.sledge.pipeline.RepositoryHooks.Registered;
import dev.sledge.pipeline.RepositoryHooks.Registration;
import dev.sledge.pipeline.RepositoryHooks.Target;
import dev.sledge.webhook.SecretKeeper;
import dev.sledge.webhook.WebhookSecret;
import java.net.URI;
import java.util.Optional;

/**
 * A repository's webhook, from the decision to its registration. Looking changes nothing, and doing the same twice leaves one webhook.
 */
public final class Connection {
    private final RepositoryHooks hooks;
    private final SecretKeeper keeper;
    private final SecretKind kind;

    public Connection(RepositoryHooks hooks, SecretKeeper keeper, SecretKind kind) {
        this.hooks = hooks;
        this.keeper = keeper;
        this.kind = kind;
    }

    /** The secrets that webhooks of a forge get. */
    public interface SecretKind {
        /** Makes one that nobody can guess. */
        WebhookSecret create();

        /** Whether a secret that is kept is of this kind. */
        boolean fits(WebhookSecret secret);
    }

    /** What is to be done so that a repository's events come to {@code url}. */
    public sealed interface Intention {
        /** All is as it should be, as far as the forge shows it: it shows no secret. */
        record Nothing() implements Intention {}

        /**
         * A webhook is made, or an existing one put right.
         *
         * @param why it cannot stay as it is
         */
        record Register(Target target, SecretOf secret, String why) implements Intention {}
    }

    /** Which secret the webhook gets. */
    public enum SecretOf {
        /** The one that is kept for the repository. */
        KEPT,
        /** A new one; the one before it, if there is one, stays good. */
        NEW
    }

    /** Whether a secret that is kept is to be replaced. */
    public enum Renewal {
        KEEP,
        RENEW
    }

    /** Looks at what there is. */
    public Intention intend(Repository repository, URI url, Renewal renewal) {
        var kept = kept(repository).isPresent();
        var secret = kept && renewal == Renewal.KEEP ? SecretOf.KEPT : SecretOf.NEW;
        var registered = hooks.list(repository).stream()
                .filter(hook -> hook.url().equals(url))
                .findFirst();
        return registered
                .flatMap(hook -> fault(hook, kept, renewal)
                        .<Intention>map(why -> new Intention.Register(new Target.Existing(hook.id()), secret, why)))
                .orElseGet(() -> registered.isPresent()
                        ? new Intention.Nothing()
                        : new Intention.Register(new Target.New(), secret, "no webhook of this repository goes there"));
    }

    private Optional<WebhookSecret> kept(Repository repository) {
        return keeper.current(repository).filter(kind::fits);
    }

    private static Optional<String> fault(Registered hook, boolean kept, Renewal renewal) {
        if (!kept) {
            return Optional.of("its secret is not known here, or of another kind");
        }
        if (renewal == Renewal.RENEW) {
            return Optional.of("its secret is to be renewed");
        }
        return hook.complete() ? Optional.empty() : Optional.of("it is not active, or does not send all that is built");
    }

    /**
     * Does what was intended. The secret is kept first: a delivery that comes at once is good, and a registration that fails can be
     * tried again.
     */
    public void carryOut(Repository repository, URI url, Intention.Register intention) {
        var secret = switch (intention.secret()) {
            case KEPT -> kept(repository).orElseGet(kind::create);
            case NEW -> kind.create();
        };
        if (intention.secret() == SecretOf.NEW) {
            keeper.replace(repository, secret);
        }
        hooks.register(repository, new Registration(intention.target(), url, secret));
    }
}
