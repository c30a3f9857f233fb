package dev.sledge.plan;

import dev.sledge.plan.CacheTrial.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Chooses a cache by what the builds before measured: {@code cache: auto}. A choice is left for another one only by a clear margin, and taken
 * up again only by what has changed since, so that noise moves nothing.
 *
 * @param trials newest first
 * @see <a href="../../../../../../docs/adr/0028-auto-is-decided-by-what-builds-measured.md">ADR 28</a>
 */
record CacheChooser(List<CacheTrial> trials) {
    /** Builds that are asked: as many as make one that was disturbed harmless. */
    static final int ASKED = 5;

    /** How much more something must cost than it is worth. */
    private static final double MARGIN = 1.5;

    /** Seconds that are not worth a change. */
    static final double SMALL = 5;

    /** How much longer builds must have become for a cache to be tried again. */
    static final double GROWN = 2;

    /**
     * A kind of cache.
     *
     * @param why in a sentence
     */
    record Choice(Kind kind, String why) {}

    /**
     * What a Dockerfile leaves to choose from.
     *
     * @param stagesHaveNames without which no stage can be kept by itself
     * @param needsBuildKit what the classic builder cannot do of it, in a sentence; empty if that can build it
     */
    record Limits(boolean stagesHaveNames, Optional<String> needsBuildKit) {}

    Choice choose(Limits limits) {
        if (trials.isEmpty()) {
            return new Choice(Kind.REGISTRY, "nothing is known of builds before, and this kind serves nearly all");
        }
        return withoutAny().or(this::frozen).orElseGet(() -> byEngine(trials.getFirst(), limits));
    }

    /** Whether to go on with the engine of the last build: because it is faster, or to find out. */
    private Optional<Choice> frozen() {
        if (trials.getFirst().exports() != Exports.ALL) {
            return Optional.empty();
        }
        return new FreezingChoice(trials).choice();
    }

    private static Choice byEngine(CacheTrial newest, Limits limits) {
        return switch (newest.exports()) {
            case ALL -> new Choice(Kind.REGISTRY, "the engine can write it, and it is worth what it costs");
            case INLINE -> {
                var cannot = "the engine of build " + newest.build() + " cannot write BuildKit's own cache";
                yield limits.stagesHaveNames()
                        ? new Choice(Kind.INLINE, cannot + ", so each stage is kept as an image")
                        : new Choice(
                                Kind.REGISTRY,
                                cannot
                                        + ", and without a name (FROM … AS build) a stage is not kept as an image either");
            }
            case NONE -> {
                var has = "the container of build " + newest.build() + " has no BuildKit (docker buildx)";
                yield limits.needsBuildKit()
                        .map(need -> new Choice(Kind.REGISTRY, has + ", and this Dockerfile needs it: " + need))
                        .orElseGet(() -> new Choice(
                                Kind.CLASSIC, has + ", so each stage is kept as an image of the classic builder"));
            }
        };
    }

    /** Whether builds are faster than their cache, or were when they last had one and have not become much longer since. */
    private Optional<Choice> withoutAny() {
        var without = first(trials, CacheChooser::hasNone);
        var before = trials.subList(without.size(), trials.size());
        var cached = first(before, trial -> !hasNone(trial)).stream()
                .filter(trial -> trial.hits() > 0)
                .limit(ASKED)
                .toList();
        if (cached.size() < ASKED) {
            return Optional.empty();
        }
        var cost = median(cached, CacheTrial::cost);
        var saved = median(cached, CacheTrial::saved);
        if (cost < SMALL || cost < saved * MARGIN) {
            return Optional.empty();
        }
        var newest = without.stream().limit(ASKED).toList();
        var size = median(cached, trial -> trial.saved() + trial.ran());
        if (newest.size() == ASKED && median(newest, CacheTrial::ran) > size * GROWN) {
            return Optional.of(new Choice(
                    Kind.REGISTRY,
                    "the steps take " + seconds(median(newest, CacheTrial::ran)) + " now, and took " + seconds(size)
                            + " when the cache was given up: it is tried again"));
        }
        return Optional.of(new Choice(
                Kind.NONE,
                "reading and writing the cache took " + seconds(cost) + ", and the steps that it had take "
                        + seconds(saved) + " (medians of " + ASKED + " builds): built without"));
    }

    private static boolean hasNone(CacheTrial trial) {
        return trial.kind() == Kind.NONE;
    }

    /**
     * Why a stage is not kept by itself.
     *
     * @param chain the names of the stage and of those that it is built from
     * @return empty if it is kept
     */
    Optional<String> notKept(List<String> chain) {
        var fetches = trials.stream()
                .filter(trial -> of(trial, chain, CacheTrial.Stage::fetched) > 0)
                .limit(ASKED)
                .toList();
        var rebuilds = trials.stream()
                .filter(trial -> trial.stages().stream()
                        .filter(stage -> chain.contains(stage.name()))
                        .allMatch(stage -> stage.rebuilt() > 0))
                .limit(ASKED)
                .toList();
        if (fetches.size() < ASKED || rebuilds.size() < ASKED) {
            return Optional.empty();
        }
        var fetched = median(fetches, trial -> of(trial, chain, CacheTrial.Stage::fetched));
        var rebuilt = median(rebuilds, trial -> of(trial, chain, CacheTrial.Stage::rebuilt));
        var isKept = trials.getFirst().stages().stream()
                .filter(stage -> chain.getFirst().equals(stage.name()))
                .allMatch(CacheTrial.Stage::kept);
        return fetched > (isKept ? rebuilt * MARGIN + SMALL : rebuilt / MARGIN)
                ? Optional.of("stage " + chain.getFirst() + " rebuilds in " + seconds(rebuilt) + ", its layers take "
                        + seconds(fetched) + " to fetch: not kept")
                : Optional.empty();
    }

    private static double of(CacheTrial trial, List<String> chain, ToDoubleFunction<CacheTrial.Stage> value) {
        return trial.stages().stream()
                .filter(stage -> chain.contains(stage.name()))
                .mapToDouble(value)
                .sum();
    }

    private static List<CacheTrial> first(List<CacheTrial> trials, Predicate<CacheTrial> which) {
        return trials.stream().takeWhile(which).toList();
    }

    static double median(List<CacheTrial> trials, ToDoubleFunction<CacheTrial> value) {
        return trials.stream()
                .mapToDouble(value)
                .sorted()
                .skip(trials.size() / 2)
                .findFirst()
                .orElse(0);
    }

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.0f s", seconds);
    }
}
