package dev.sledge.plan;

import dev.sledge.plan.CacheChooser.Choice;
import dev.sledge.plan.CacheTrial.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Whether {@code auto} lets builds go on with each other's engine. What that is worth is only known where it was tried; it is tried where fetching
 * takes long enough to be worth it, and left if it was slower: until fetching takes much longer, or nobody remembers it any more.
 *
 * @param trials newest first
 */
record FreezingChoice(List<CacheTrial> trials) {
    /** How much slower it must be to be left. */
    private static final double SLOWER = 1.1;

    /** Empty if they do not. */
    Optional<Choice> choice() {
        var newest =
                trials.stream().takeWhile(trial -> trial.kind() == Kind.FROZEN).toList();
        var before = trials.subList(newest.size(), trials.size());
        var fetched = hitting(before, Kind.REGISTRY);
        if (newest.isEmpty()) {
            return isWorthATrial(before, fetched)
                    ? Optional.of(new Choice(
                            Kind.FROZEN,
                            "until the image is there builds wait " + seconds(fetched)
                                    + " for other things than their steps" + " (median of " + CacheChooser.ASKED
                                    + "): tried with the engine of the last build"))
                    : Optional.empty();
        }
        var frozen = hitting(newest, Kind.FROZEN);
        if (fetched.size() < CacheChooser.ASKED) {
            return Optional.of(new Choice(Kind.FROZEN, "builds have gone on with each other's engine for long"));
        }
        if (frozen.size() < CacheChooser.ASKED) {
            return Optional.of(new Choice(
                    Kind.FROZEN,
                    "tried with the engine of the last build: " + frozen.size() + " of " + CacheChooser.ASKED
                            + " builds have measured it"));
        }
        return waited(frozen) <= waited(fetched) * SLOWER
                ? Optional.of(new Choice(
                        Kind.FROZEN,
                        "builds that go on with the last one's engine wait " + seconds(frozen)
                                + " for other things than their"
                                + " steps, and waited " + seconds(fetched) + " when they fetched layers (medians of "
                                + CacheChooser.ASKED + ")"))
                : Optional.empty();
    }

    /** Not where it was left before, unless fetching takes twice as long by now. */
    private static boolean isWorthATrial(List<CacheTrial> before, List<CacheTrial> fetched) {
        if (fetched.size() < CacheChooser.ASKED
                || !fetched.stream().allMatch(CacheTrial::isFreezable)
                || waited(fetched) < CacheChooser.SMALL) {
            return false;
        }
        var sinceThen =
                before.stream().takeWhile(trial -> trial.kind() != Kind.FROZEN).toList();
        var earlier = before.subList(sinceThen.size(), before.size()).stream()
                .dropWhile(trial -> trial.kind() == Kind.FROZEN)
                .toList();
        return sinceThen.size() == before.size()
                || waited(fetched) > waited(hitting(earlier, Kind.REGISTRY)) * CacheChooser.GROWN;
    }

    /** The newest of a kind that hit something, as many as are asked. */
    private static List<CacheTrial> hitting(List<CacheTrial> trials, Kind kind) {
        return trials.stream()
                .filter(trial -> trial.kind() == kind && trial.hits() > 0)
                .limit(CacheChooser.ASKED)
                .toList();
    }

    private static double waited(List<CacheTrial> trials) {
        return CacheChooser.median(trials, CacheTrial::waited);
    }

    private static String seconds(List<CacheTrial> trials) {
        return CacheChooser.seconds(waited(trials));
    }
}
