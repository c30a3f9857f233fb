package dev.sledge.plan;

import java.util.List;

/**
 * What the builds of an image before tell of its next one.
 *
 * @param experience what they tell the machine that runs it
 * @param caches what they tell of their caches, newest first
 */
public record PastBuilds(Experience experience, List<CacheTrial> caches) {
    public PastBuilds {
        caches = List.copyOf(caches);
    }

    public static PastBuilds none() {
        return new PastBuilds(Experience.none(), List.of());
    }
}
