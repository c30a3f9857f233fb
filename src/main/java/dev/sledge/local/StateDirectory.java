package dev.sledge.local;

import java.nio.file.Path;
import java.util.Map;

/**
 * What must not be lost while it is needed, and is no cache: {@code $XDG_STATE_HOME/sledge}, else {@code ~/.local/state/sledge}.
 *
 * @see <a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG base directories</a>
 */
public record StateDirectory(Path root) {
    /** The directory that the environment names. */
    public static StateDirectory of(Map<String, String> environment) {
        var state = environment.getOrDefault("XDG_STATE_HOME", "");
        var base = state.startsWith("/")
                ? Path.of(state)
                : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".local", "state");
        return new StateDirectory(base.resolve("sledge"));
    }
}
