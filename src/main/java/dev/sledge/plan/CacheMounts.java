package dev.sledge.plan;

import java.util.List;

/**
 * Cache mounts whose contents are kept from build to build, as one file.
 *
 * @param kept none if they are not kept
 * @param from keys below the folder of the repository's caches, the first that exists is read
 * @param to written after the build; empty where this ref may only read
 */
public record CacheMounts(List<CacheMount> kept, List<String> from, List<String> to) {
    public CacheMounts {
        kept = List.copyOf(kept);
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    public static CacheMounts none() {
        return new CacheMounts(List.of(), List.of(), List.of());
    }

    public boolean areKept() {
        return !kept.isEmpty();
    }
}
