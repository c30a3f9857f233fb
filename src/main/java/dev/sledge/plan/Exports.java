package dev.sledge.plan;

/**
 * What an engine can write of a cache.
 *
 * @see <a href="https://docs.docker.com/build/cache/backends/">cache backends</a>
 */
public enum Exports {
    /** BuildKit's own cache, of all stages; by its image store, or by a builder of its own. */
    ALL,
    /** An image with the record of its own layers. */
    INLINE,
    /** Images alone: it has no BuildKit, or no client that speaks to it. */
    NONE
}
