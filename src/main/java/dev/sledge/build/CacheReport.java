package dev.sledge.build;

import dev.sledge.plan.Exports;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of a build's cache.
 *
 * @param faults what went wrong with it without stopping the build, each a sentence
 * @param frozen what became of a frozen engine
 * @param exports what the engine could write; all if it did not say
 * @param read how long the builder was busy finding out what is there and fetching layers
 * @param written how long writing it took, after the image was there
 */
public record CacheReport(List<String> faults, FrozenReport frozen, Exports exports, Duration read, Duration written) {
    public CacheReport {
        faults = List.copyOf(faults);
    }

    CacheReport withFault(String fault) {
        return new CacheReport(
                Stream.concat(faults.stream(), Stream.of(fault)).toList(), frozen, exports, read, written);
    }
}
