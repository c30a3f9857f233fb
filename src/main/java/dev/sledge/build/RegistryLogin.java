package dev.sledge.build;

import java.util.Optional;

/** What a registry knows us by. */
public interface RegistryLogin {
    /**
     * The value of the header {@code Authorization}.
     *
     * @param registry host and optional port; nobody else's login is ever sent there
     * @return empty for a registry that asks for none
     * @throws RegistryUnavailableException if there should be a login, and none could be had
     */
    Optional<String> authorization(String registry);
}
