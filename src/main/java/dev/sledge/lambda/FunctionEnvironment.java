package dev.sledge.lambda;

import dev.sledge.event.Forge;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The variables that {@code template.yaml} gives its functions. One that is empty is one that is not set. */
record FunctionEnvironment(Map<String, String> variables) {
    Optional<String> value(String name) {
        return Optional.of(variables.getOrDefault(name, "")).filter(value -> !value.isBlank());
    }

    /** @throws IllegalStateException if it is not set */
    String required(String name) {
        return value(name)
                .orElseThrow(() -> new IllegalStateException(
                        "environment variable " + name + " is not set; template.yaml sets it"));
    }

    /**
     * The sites of the forges that are configured, {@code SLEDGE_GITHUB_URL}.
     *
     * @throws IllegalStateException naming the variable that is no address
     */
    Map<Forge, URI> sites() {
        var sites = new EnumMap<Forge, URI>(Forge.class);
        for (var forge : Forge.values()) {
            var variable = "SLEDGE_" + forge.name() + "_URL";
            try {
                value(variable).map(URI::create).or(forge::home).ifPresent(site -> {
                    Forge.host(site);
                    sites.put(forge, site);
                });
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(variable + ": " + e.getMessage(), e);
            }
        }
        return sites;
    }

    /** What is said for each forge under a name that begins alike, {@code SLEDGE_WEBHOOK_SECRET_}. */
    Map<Forge, String> ofForges(String prefix) {
        var values = new EnumMap<Forge, String>(Forge.class);
        for (var forge : Forge.values()) {
            value(prefix + forge.name()).ifPresent(value -> values.put(forge, value));
        }
        return values;
    }
}
