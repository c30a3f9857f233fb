package dev.sledge.plan;

import dev.sledge.image.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A directory that a builder keeps for {@code RUN --mount=type=cache}. The builder knows it by all of this: with another owner it is another.
 *
 * @param id as the mount names it, or its target
 * @param ownership {@code mode}, {@code uid} and {@code gid}, those that are given
 * @see <a href="https://docs.docker.com/reference/dockerfile/#run---mounttypecache">RUN --mount=type=cache</a>
 */
public record CacheMount(String id, Map<String, String> ownership) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_./:@+-]{1,200}");

    public CacheMount {
        if (!isPlain(id)) {
            throw new IllegalArgumentException("a cache mount '" + id + "' cannot be named in a Dockerfile of ours");
        }
        ownership = Collections.unmodifiableMap(new TreeMap<>(ownership));
    }

    /** Whether an id has only what needs no quotes, and no variable. */
    static boolean isPlain(String id) {
        return ID.matcher(id).matches();
    }

    /** A name for its contents that stays the same wherever in the Dockerfile it stands. */
    public String key() {
        return Digest.of(id + " " + ownership).hex().substring(0, 16);
    }
}
