package dev.sledge.build;

import dev.sledge.plan.CacheTrial;
import dev.sledge.plan.CacheTrial.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What the caches of past builds were worth.
 *
 * @param builds newest first
 */
record CacheTrials(List<PastBuild> builds) {
    /** Of the builds with a kind that can be chosen, newest first. */
    List<CacheTrial> all() {
        return IntStream.range(0, builds.size())
                .mapToObj(i -> kind(builds.get(i)).map(kind -> trial(i, kind)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Kind> kind(PastBuild build) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(build.cache()))
                .findFirst();
    }

    private CacheTrial trial(int index, Kind kind) {
        var build = builds.get(index);
        var hits = 0;
        var saved = 0.0;
        var ran = 0.0;
        for (var stage : build.stages()) {
            for (var step : stage.steps()) {
                if (step.hit()) {
                    hits++;
                    saved += ran(index, stage.name(), step.instruction()).orElse(0);
                } else {
                    ran += step.seconds();
                }
            }
        }
        var stages = build.stages().stream().map(stage -> stage(index, stage)).toList();
        return new CacheTrial(
                build.build(),
                kind,
                build.exports(),
                hits,
                build.cacheSeconds(),
                saved,
                ran,
                build.waited(),
                build.engineMebibytes() > 0,
                stages);
    }

    private CacheTrial.Stage stage(int index, PastBuild.Stage stage) {
        var fetched = stage.steps().stream()
                .filter(PastBuild.Step::hit)
                .mapToDouble(PastBuild.Step::seconds)
                .sum();
        var times = stage.steps().stream()
                .map(step -> ran(index, stage.name(), step.instruction()))
                .toList();
        var rebuilt = times.stream().allMatch(OptionalDouble::isPresent)
                ? times.stream().mapToDouble(time -> time.orElse(0)).sum()
                : 0;
        return new CacheTrial.Stage(stage.name(), stage.kept(), fetched, rebuilt);
    }

    /** What a step took when it ran last, seen from a build. */
    private OptionalDouble ran(int from, String stage, String instruction) {
        return builds.subList(from, builds.size()).stream()
                .flatMap(build -> build.stages().stream())
                .filter(other -> other.name().equals(stage))
                .flatMap(other -> other.steps().stream())
                .filter(step -> !step.hit() && step.instruction().equals(instruction))
                .mapToDouble(PastBuild.Step::seconds)
                .findFirst();
    }
}
