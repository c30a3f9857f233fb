package dev.sledge.local;

import dev.sledge.build.PastBuild;
import dev.sledge.build.RecordJson;
import dev.sledge.local.Doctor.Finding;
import dev.sledge.local.Doctor.Finding.State;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import dev.sledge.plan.Exports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether the cache of an image can be expected to work, as its newest builds tell.
 *
 * @param plan of the image's next build
 * @param builds newest first
 */
record CacheFindings(BuildPlan plan, List<PastBuild> builds, Instant now) {
    /** Registries are told to drop caches that nobody read for two weeks. */
    private static final Duration OLD = Duration.ofDays(10);

    /** One sentence, whatever is right or wrong. */
    Finding cache() {
        var kind = RecordJson.kind(plan.cache());
        var bad = bad();
        var what = "cache " + plan.output().image().path();
        if (bad.isPresent()) {
            return new Finding(what, State.POOR, kind + "; " + bad.get());
        }
        return switch (plan.cache()) {
            case Cache.None none -> new Finding(what, State.OK, "none: every step runs in each build");
            case Cache.Host host -> new Finding(what, State.OK, "host: what the machine has from builds before");
            case Cache cache ->
                builds.isEmpty()
                        ? new Finding(what, State.LATER, kind + "; the first build writes it")
                        : new Finding(what, State.OK, kind + "; " + newest(builds.getFirst()));
        };
    }

    private static String newest(PastBuild build) {
        return "build " + build.build() + " hit " + hits(build) + " of " + steps(build) + " steps";
    }

    private Optional<String> bad() {
        if (builds.isEmpty() || plan.cache().reads().isEmpty()) {
            return Optional.empty();
        }
        var newest = builds.getFirst();
        var unable = unable(newest);
        if (unable.isPresent()) {
            return unable;
        }
        var reads = plan.cache().reads().stream().map(CacheFindings::path).toList();
        var writer = builds.stream()
                .filter(build -> build.wrote().stream().map(CacheFindings::path).anyMatch(reads::contains))
                .findFirst();
        if (writer.isEmpty()) {
            return Optional.of("none of the newest " + builds.size()
                    + " builds wrote what this ref reads; their records say why (cache.faults)");
        }
        if (Instant.parse(writer.get().ended()).plus(OLD).isBefore(now)) {
            return Optional.of("it was written last on " + writer.get().ended().substring(0, 10)
                    + ", and a cache that is not used goes after two weeks");
        }
        var left = left(newest, reads);
        if (left.isPresent()) {
            return Optional.of("build " + newest.build() + " did not go on with the engine that build "
                    + left.get().build() + " left; its record says why (cache.faults)");
        }
        if (builds.size() > 1 && hits(newest) == 0 && steps(newest) > 0) {
            return Optional.of(newest(newest) + "; sledge check says what in a Dockerfile makes a cache miss");
        }
        return Optional.empty();
    }

    /** The build whose frozen engine was there and not thawed. */
    private Optional<PastBuild> left(PastBuild newest, List<String> reads) {
        var kind = RecordJson.kind(plan.cache());
        var expects = plan.cache() instanceof Cache.Frozen && newest.cache().equals(kind);
        if (!expects || newest.thawed()) {
            return Optional.empty();
        }
        return builds.stream()
                .skip(1)
                .filter(build -> build.cache().equals(kind))
                .filter(build -> build.wrote().stream().map(CacheFindings::path).anyMatch(reads::contains))
                .findFirst();
    }

    private Optional<String> unable(PastBuild newest) {
        var needs = switch (plan.cache()) {
            case Cache.Registry registry -> Exports.ALL;
            case Cache.Layout layout -> Exports.ALL;
            case Cache.Tarball tarball -> Exports.ALL;
            case Cache.Inline inline -> Exports.INLINE;
            case Cache.Frozen frozen -> Exports.ALL;
            case Cache.Host host -> Exports.NONE;
            case Cache.None none -> Exports.NONE;
            case Cache.Classic classic -> Exports.NONE;
        };
        return newest.exports().compareTo(needs) <= 0
                ? Optional.empty()
                : Optional.of("the engine of build " + newest.build()
                        + " cannot write it; use Sledge's build image (infra/build-image), or cache: auto");
    }

    /** The registry of this machine has another port now and then. */
    private static String path(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    private static long hits(PastBuild build) {
        return build.stages().stream()
                .flatMap(stage -> stage.steps().stream())
                .filter(PastBuild.Step::hit)
                .count();
    }

    private static long steps(PastBuild build) {
        return build.stages().stream().mapToLong(stage -> stage.steps().size()).sum();
    }
}
