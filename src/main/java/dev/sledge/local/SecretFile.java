package dev.sledge.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.event.Repository;
import dev.sledge.webhook.RepositoryNames;
import dev.sledge.webhook.SecretKeeper;
import dev.sledge.webhook.SecretUnavailableException;
import dev.sledge.webhook.SharedSecret;
import dev.sledge.webhook.WebhookSecret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The secrets of webhooks in a file of the user's that nobody else can read, {@code $XDG_CONFIG_HOME/sledge/webhooks.json}: by the forge's
 * host and the repository's name, the current secret and the one before it.
 *
 * @see <a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG base directories</a>
 */
public final class SecretFile implements SecretKeeper {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CURRENT = "current";
    private static final String PREVIOUS = "previous";

    private final Path file;

    public SecretFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /** The file of this user; {@code ~/.config} where the variable is not set. */
    public static SecretFile of(Map<String, String> environment) {
        var set = environment.getOrDefault("XDG_CONFIG_HOME", "");
        var home = set.startsWith("/")
                ? Path.of(set)
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".config");
        return new SecretFile(home.resolve("sledge").resolve("webhooks.json"));
    }

    @Override
    public Optional<WebhookSecret> current(Repository repository) {
        return secret(read().path(repository.host())
                .path(repository.fullName())
                .path(CURRENT)
                .asText());
    }

    /** All secrets of a forge's repositories, each good for its own repository alone. */
    public List<SharedSecret> secrets(String host) {
        var secrets = new ArrayList<SharedSecret>();
        for (var entry : read().path(host).properties()) {
            for (var stage : List.of(CURRENT, PREVIOUS)) {
                secret(entry.getValue().path(stage).asText())
                        .map(secret -> new SharedSecret(secret, new RepositoryNames(List.of(entry.getKey()))))
                        .ifPresent(secrets::add);
            }
        }
        return secrets;
    }

    private static Optional<WebhookSecret> secret(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(new WebhookSecret(text));
    }

    @Override
    public void replace(Repository repository, WebhookSecret secret) {
        try {
            Files.createDirectories(
                    directory(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try (var lock = FileChannel.open(
                    file.resolveSibling("webhooks.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // Given up when the channel is closed.
                lock.lock();
                write(with(repository, secret));
            }
        } catch (IOException e) {
            throw new SecretUnavailableException("the file of webhook secrets " + file + " cannot be written", e);
        }
    }

    private Path directory() {
        return Objects.requireNonNull(file.getParent(), "a file has a directory");
    }

    private ObjectNode with(Repository repository, WebhookSecret secret) {
        var root = read();
        var before = root.path(repository.host())
                .path(repository.fullName())
                .path(CURRENT)
                .asText();
        var entry = root.withObjectProperty(repository.host()).putObject(repository.fullName());
        entry.put(CURRENT, secret.reveal());
        if (!before.isEmpty()) {
            entry.put(PREVIOUS, before);
        }
        return root;
    }

    /** Readable by its owner from its first byte, and whole at every moment. */
    private void write(ObjectNode root) throws IOException {
        var made = Files.createTempFile(
                directory(),
                "webhooks",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(made, root.toPrettyString() + "\n");
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private ObjectNode read() {
        try {
            if (!Files.exists(file)) {
                return JSON.createObjectNode();
            }
            if (JSON.readTree(Files.readString(file)) instanceof ObjectNode root) {
                return root;
            }
            throw malformed();
        } catch (JsonProcessingException e) {
            // Without its cause, whose message could quote a secret.
            throw malformed();
        } catch (IOException e) {
            throw new SecretUnavailableException("the file of webhook secrets " + file + " cannot be read", e);
        }
    }

    private SecretUnavailableException malformed() {
        return new SecretUnavailableException("the file of webhook secrets " + file
                + " is no JSON object; mend it, or move it away and connect again");
    }
}
