package dev.sledge.build;

import dev.sledge.build.BuildRecord.StepRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether the cache did what it is there for. What must have been hit are the steps that a build which had ended before wrote into a
 * cache which this one reads, and that the builder knows by the same digest: instruction, environment, base image and all else are the same, and no
 * file of the context is in them. If none of these was hit, nor any other, the cache is broken, whatever the builder says.
 */
public final class CacheProof {
    /** Shorter than any cache lives. */
    private static final Duration REMEMBERED = Duration.ofDays(10);

    private CacheProof() {}

    /**
     * What is wrong, in one sentence.
     *
     * @param past other builds of the image, newest first
     * @return empty if the cache helped, or need not have
     */
    public static Optional<String> broken(BuildRecord record, BuildLog log, List<PastBuild> past) {
        if (record.hits() > 0 || record.runs() == 0) {
            return Optional.empty();
        }
        return past.stream()
                .filter(build -> hadEnded(build, record))
                .filter(build ->
                        build.wrote().stream().anyMatch(record.plan().cache().reads()::contains))
                .findFirst()
                .filter(build -> isRemembered(build, record))
                .flatMap(build -> broken(record, log, build));
    }

    /** What ended meanwhile wrote its cache when this build had read it. */
    private static boolean hadEnded(PastBuild build, BuildRecord record) {
        return Instant.parse(build.ended()).isBefore(record.finished().started());
    }

    private static boolean isRemembered(PastBuild build, BuildRecord record) {
        return Instant.parse(build.ended())
                .plus(REMEMBERED)
                .isAfter(record.finished().started());
    }

    private static Optional<String> broken(BuildRecord record, BuildLog log, PastBuild build) {
        var written = build.stages().stream()
                .flatMap(stage -> stage.steps().stream())
                .map(PastBuild.Step::digest)
                .collect(Collectors.toSet());
        var expected = new ArrayList<StepRecord>();
        for (var stage : record.stages()) {
            stage.steps().stream()
                    .filter(step -> log.digest(stage.stage(), step.step())
                            .filter(written::contains)
                            .isPresent())
                    .forEach(expected::add);
        }
        return expected.stream()
                .findFirst()
                .map(first ->
                        "build " + build.build() + " wrote " + first.step().instruction()
                                + (expected.size() > 1 ? " and " + (expected.size() - 1) + " more steps" : "")
                                + " into it, and this one, which has the same, did not find it");
    }
}
