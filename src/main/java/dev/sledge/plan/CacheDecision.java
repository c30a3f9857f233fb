package dev.sledge.plan;

import java.util.List;

/**
 * Why the cache of a build is what it is.
 *
 * @param why each a sentence; empty if somebody asked for this kind
 * @param notKept the names of stages that are not worth keeping
 */
public record CacheDecision(List<String> why, List<String> notKept) {
    public CacheDecision {
        why = List.copyOf(why);
        notKept = List.copyOf(notKept);
    }

    /** The settings name the kind, and it keeps all. */
    public static CacheDecision asked() {
        return new CacheDecision(List.of(), List.of());
    }
}
