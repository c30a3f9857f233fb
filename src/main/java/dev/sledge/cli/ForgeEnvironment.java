package dev.sledge.cli;

import dev.sledge.event.Forge;
import dev.sledge.forge.ForgeSite;
import dev.sledge.forge.ForgeToken;
import dev.sledge.webhook.RepositoryNames;
import dev.sledge.webhook.SharedSecret;
import dev.sledge.webhook.WebhookSecret;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says of the forges, each under its own name: {@code SLEDGE_GITEA_URL}, {@code SLEDGE_WEBHOOK_SECRET_GITEA},
 * {@code SLEDGE_WEBHOOK_SECRET_GITEA_PREVIOUS}, {@code SLEDGE_REPOSITORIES_GITEA}.
 */
record ForgeEnvironment(Map<String, String> environment) {
    private static final String SECRET = "SLEDGE_WEBHOOK_SECRET_";
    private static final String REPOSITORIES = "SLEDGE_REPOSITORIES_";

    /** Whether a secret's repositories are held against its deliveries. */
    enum Scope {
        ENFORCED,
        /** Whatever a delivery is about, its secret may say it: for trying out what it says. */
        IGNORED
    }

    /**
     * The address of a forge's site, as people see it.
     *
     * @throws UserErrorException if it is none
     */
    Optional<URI> site(Forge forge) {
        var variable = "SLEDGE_" + forge.name() + "_URL";
        var url = value(variable);
        if (url.isEmpty()) {
            return forge.home();
        }
        try {
            var site = URI.create(url.get().replaceFirst("/+$", ""));
            if (site.getHost() == null || !String.valueOf(site.getScheme()).matches("https?")) {
                throw new IllegalArgumentException("no address");
            }
            return Optional.of(site);
        } catch (IllegalArgumentException e) {
            throw new UserErrorException(variable + " is no address of a site; write https://git.example.com");
        }
    }

    /** A forge with its site and the token for its API, {@code SLEDGE_GITEA_TOKEN}; nobody's without one. */
    Optional<ForgeSite> forgeSite(Forge forge) {
        var variable = "SLEDGE_" + forge.name() + "_TOKEN";
        try {
            ForgeToken token =
                    value(variable).<ForgeToken>map(ForgeToken.Secret::new).orElseGet(ForgeToken.Anonymous::new);
            return site(forge).map(url -> ForgeSite.of(forge, url, token));
        } catch (IllegalArgumentException e) {
            throw new UserErrorException(variable + ": " + e.getMessage());
        }
    }

    /** The hosts of all forges that have an address, as repositories carry them. */
    Map<Forge, String> hosts() {
        var hosts = new EnumMap<Forge, String>(Forge.class);
        Arrays.stream(Forge.values())
                .forEach(forge -> site(forge).ifPresent(site -> hosts.put(forge, Forge.host(site))));
        return hosts;
    }

    /**
     * The secrets of a forge, the previous one after the current one; none if none is set.
     *
     * @throws UserErrorException if there is one and nothing says which repositories it may speak for
     */
    List<SharedSecret> secrets(Forge forge, Scope scope) {
        var secrets = new ArrayList<SharedSecret>();
        for (var variable : List.of(SECRET + forge.name(), SECRET + forge.name() + "_PREVIOUS")) {
            if (environment.containsKey(variable) && value(variable).isEmpty()) {
                throw new UserErrorException(variable + " is empty; unset it, or set it to the forge's secret");
            }
            value(variable)
                    .map(secret -> new SharedSecret(new WebhookSecret(secret), repositories(forge, scope)))
                    .ifPresent(secrets::add);
        }
        return secrets;
    }

    /**
     * The secrets of all forges.
     *
     * @throws UserErrorException if there is none at all
     */
    Map<Forge, List<SharedSecret>> allSecrets(Scope scope) {
        var all = new EnumMap<Forge, List<SharedSecret>>(Forge.class);
        Arrays.stream(Forge.values()).forEach(forge -> all.put(forge, secrets(forge, scope)));
        if (all.values().stream().allMatch(List::isEmpty)) {
            throw new UserErrorException("no webhook secret is known: nothing could be proved; set " + SECRET
                    + "GITHUB, or that of another forge");
        }
        return all;
    }

    private RepositoryNames repositories(Forge forge, Scope scope) {
        return switch (scope) {
            case IGNORED -> RepositoryNames.ALL;
            case ENFORCED -> {
                var names = value(REPOSITORIES + forge.name())
                        .orElseThrow(() -> new UserErrorException("set " + REPOSITORIES + forge.name()
                                + " to the repositories that " + SECRET + forge.name()
                                + " may speak for: owner/name, owner/* or *"));
                try {
                    yield RepositoryNames.parse(names);
                } catch (IllegalArgumentException e) {
                    throw new UserErrorException(REPOSITORIES + forge.name() + ": " + e.getMessage());
                }
            }
        };
    }

    private Optional<String> value(String variable) {
        return Optional.of(environment.getOrDefault(variable, "")).filter(value -> !value.isBlank());
    }
}
