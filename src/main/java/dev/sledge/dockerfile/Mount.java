package dev.sledge.dockerfile;

import java.util.List;
import java.util.Map;

/**
 * One {@code RUN --mount}, read as far as it can be without the variables of the stage.
 *
 * <p>Absent texts are empty. Values keep their variables, since only {@code from} must be free of them.
 *
 * @param type what is mounted; {@link Type#VARIABLE} when the type itself is a variable
 * @param from stage or image the files come from; empty means the build context
 * @param target where it appears; for a secret empty means {@code /run/secrets/ID}
 * @param id the cache's, secret's or agent's name
 * @param readOnly the given value, or what the type implies
 * @param required whether the build fails without this secret or agent
 * @param ownership {@code mode}, {@code uid} and {@code gid} as written, those that are given
 * @param env environment variable that receives the secret
 * @param size limit of a tmpfs as written, such as {@code 64m}
 * @see <a href="https://docs.docker.com/reference/dockerfile/#run---mount">RUN --mount</a>
 */
public record Mount(
        Type type,
        String from,
        String source,
        String target,
        String id,
        Sharing sharing,
        boolean readOnly,
        boolean required,
        Map<String, String> ownership,
        String env,
        String size) {
    /** What kind of thing is mounted. */
    public enum Type {
        BIND,
        CACHE,
        TMPFS,
        SECRET,
        SSH,
        VARIABLE;

        static final List<String> WORDS = List.of("bind", "cache", "tmpfs", "secret", "ssh");
    }

    /** How builds at the same time use one cache; {@code SHARED} unless it says otherwise. */
    public enum Sharing {
        SHARED,
        PRIVATE,
        LOCKED;

        static final List<String> WORDS = List.of("shared", "private", "locked");
    }

    public Mount {
        ownership = Map.copyOf(ownership);
    }

    /**
     * The name by which builds share a cache: its id, or where it is mounted.
     *
     * @see <a href="https://github.com/moby/buildkit/blob/v0.17.0/frontend/dockerfile/dockerfile2llb/convert_runmount.go">dispatchRunMounts</a>
     */
    public String cacheName() {
        return id.isEmpty() ? CleanPath.of(target) : id;
    }

    /** Whether it reads the build context, so that a change there runs the step again. */
    public boolean readsContext() {
        return from.isEmpty() && (type == Type.BIND || type == Type.VARIABLE);
    }
}
