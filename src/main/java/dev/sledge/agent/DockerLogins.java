package dev.sledge.agent;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code docker login} left, read anew each time: the build logs in after the agent is started.
 *
 * @param file {@code ~/.docker/config.json}
 * @see <a href="https://docs.docker.com/reference/cli/docker/login/#credential-stores">where logins are kept</a>
 */
record DockerLogins(Path file) {
    /** The header for a registry; empty if nobody logged in to it. */
    Optional<String> authorization(String registry) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var auth = new JsonMapper()
                .readTree(Files.readString(file))
                .path("auths")
                .path(registry)
                .path("auth")
                .asText();
        return auth.isEmpty() ? Optional.empty() : Optional.of("Basic " + auth);
    }
}
