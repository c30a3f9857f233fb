package dev.sledge.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where everything that Sledge keeps on this machine lies: {@code $XDG_CACHE_HOME/sledge}, else {@code ~/.cache/sledge}.
 *
 * @see <a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG base directories</a>
 */
public record CacheDirectory(Path root) {
    /** The directory that the environment names. */
    public static CacheDirectory of(Map<String, String> environment) {
        var cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        var base = cache.startsWith("/")
                ? Path.of(cache)
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache");
        return new CacheDirectory(base.resolve("sledge"));
    }

    /** A directory below, made if it is missing. */
    public Path directory(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
