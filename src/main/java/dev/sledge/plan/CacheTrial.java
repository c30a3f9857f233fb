package dev.sledge.plan;

import java.util.List;

/**
 * What one successful build told of its cache. Times are seconds.
 *
 * @param build in the service's words
 * @param exports what its engine could write
 * @param hits steps that the cache had
 * @param cost what reading and writing the cache took
 * @param saved what the steps that the cache had took when they last ran
 * @param ran what the steps took that ran
 * @param waited what else it took until the image was there
 * @param isFreezable whether the build started its engine itself
 */
public record CacheTrial(
        String build,
        Kind kind,
        Exports exports,
        int hits,
        double cost,
        double saved,
        double ran,
        double waited,
        boolean isFreezable,
        List<Stage> stages) {
    public CacheTrial {
        stages = List.copyOf(stages);
    }

    /** The kinds that are chosen from. */
    public enum Kind {
        REGISTRY,
        FROZEN,
        INLINE,
        CLASSIC,
        NONE
    }

    /**
     * One stage.
     *
     * @param kept whether its layers were to be kept
     * @param fetched what fetching its layers took; 0 if none was needed
     * @param rebuilt what its steps took when they last ran; 0 if one of them never did
     */
    public record Stage(String name, boolean kept, double fetched, double rebuilt) {}
}
