package dev.sledge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.Property;
import dev.sledge.plan.CacheChooser.Limits;
import dev.sledge.plan.CacheTrial.Kind;
import dev.sledge.plan.CacheTrial.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is chosen by what builds measured. */
class CacheChooserTest {
    private static final Limits FREE = new Limits(true, Optional.empty());

    private static CacheTrial trial(Kind kind, Exports exports, double cost, double saved, double ran) {
        return new CacheTrial("p:1", kind, exports, saved > 0 ? 4 : 0, cost, saved, ran, 0, true, List.of());
    }

    private static Kind chosen(List<CacheTrial> trials) {
        return new CacheChooser(trials).choose(FREE).kind();
    }

    @Test
    void theFirstBuildHasTheKindThatServesMost() {
        assertThat(chosen(List.of())).isEqualTo(Kind.REGISTRY);
    }

    @Test
    void anEngineThatCannotExportKeepsStagesIfTheyHaveNames() {
        var trials = List.of(trial(Kind.REGISTRY, Exports.INLINE, 1, 0, 60));
        assertThat(chosen(trials)).isEqualTo(Kind.INLINE);
        var unnamed = new CacheChooser(trials).choose(new Limits(false, Optional.empty()));
        assertThat(unnamed.kind()).isEqualTo(Kind.REGISTRY);
        assertThat(unnamed.why()).contains("without a name");
        assertThat(chosen(List.of(trial(Kind.INLINE, Exports.ALL, 1, 0, 60)))).isEqualTo(Kind.REGISTRY);
    }

    @Test
    void aContainerWithoutBuildKitIsGivenTheClassicRecipeIfThatCanBuildIt() {
        var trials = List.of(trial(Kind.REGISTRY, Exports.NONE, 0, 0, 60));
        var choice = new CacheChooser(trials).choose(FREE);
        assertThat(choice.kind()).isEqualTo(Kind.CLASSIC);
        assertThat(choice.why()).contains("build p:1 has no BuildKit");
        var needs = new CacheChooser(trials).choose(new Limits(true, Optional.of("it has a mount")));
        assertThat(needs.kind()).isEqualTo(Kind.REGISTRY);
        assertThat(needs.why()).endsWith("needs it: it has a mount");
        assertThat(chosen(List.of(trial(Kind.CLASSIC, Exports.NONE, 0, 60, 5)))).isEqualTo(Kind.CLASSIC);
        assertThat(chosen(List.of(trial(Kind.CLASSIC, Exports.ALL, 0, 60, 5))))
                .as("as soon as there is BuildKit")
                .isEqualTo(Kind.REGISTRY);
    }

    @Test
    void aCacheThatCostsMoreThanItSavesIsGivenUpAfterFiveBuilds() {
        var dear = trial(Kind.REGISTRY, Exports.ALL, 30, 8, 2);
        assertThat(chosen(Collections.nCopies(4, dear))).isEqualTo(Kind.REGISTRY);
        var choice = new CacheChooser(Collections.nCopies(5, dear)).choose(FREE);
        assertThat(choice.kind()).isEqualTo(Kind.NONE);
        assertThat(choice.why()).contains("took 30 s", "take 8 s");
    }

    @Test
    void oneThatCostsNextToNothingIsKeptWhateverItSaves() {
        assertThat(chosen(Collections.nCopies(5, trial(Kind.REGISTRY, Exports.ALL, 4, 1, 2))))
                .isEqualTo(Kind.REGISTRY);
    }

    @Test
    void itIsTriedAgainWhenTheProjectHasGrown() {
        var trials = new ArrayList<>(Collections.nCopies(5, trial(Kind.NONE, Exports.ALL, 0, 0, 25)));
        trials.addAll(Collections.nCopies(5, trial(Kind.REGISTRY, Exports.ALL, 30, 8, 2)));
        assertThat(chosen(trials)).isEqualTo(Kind.REGISTRY);
        Collections.fill(trials.subList(0, 5), trial(Kind.NONE, Exports.ALL, 0, 0, 15));
        assertThat(chosen(trials)).isEqualTo(Kind.NONE);
    }

    /**
     * How often the kind of 200 builds changes.
     *
     * @param built what a build of a kind measures, the first one being 0
     * @param forget leaves out what is older than the newest 60 builds
     */
    private static int changes(BiFunction<Kind, Integer, CacheTrial> built, Consumer<List<CacheTrial>> forget) {
        var trials = new ArrayList<CacheTrial>();
        var changes = 0;
        var last = Kind.REGISTRY;
        for (var build = 0; build < 200; build++) {
            var kind = chosen(trials);
            changes += kind == last ? 0 : 1;
            last = kind;
            trials.addFirst(built.apply(kind, build));
            if (trials.size() > 60) {
                forget.accept(trials);
            }
        }
        return changes;
    }

    /** Whatever a project is like: as long as it stays so, noise changes the choice once at most. */
    @Test
    void neverOscillates() {
        Property.holds(300, random -> new Random(random.nextLong()), random -> {
            var cost = random.nextDouble() * 40;
            var saved = random.nextDouble() * 60;
            var ran = random.nextDouble() * 20;
            var changes = changes(
                    (kind, build) -> {
                        var noise = 0.8 + random.nextDouble() * 0.4;
                        return kind == Kind.NONE
                                ? trial(kind, Exports.ALL, 0, 0, (saved + ran) * noise)
                                : trial(kind, Exports.ALL, cost * noise, build == 0 ? 0 : saved * noise, ran * noise);
                    },
                    // As long as the history is.
                    trials -> trials.subList(60, trials.size()).removeIf(trial -> trial.kind() == Kind.NONE));
            assertThat(changes).isLessThanOrEqualTo(1);
        });
    }

    private static CacheTrial withDeps(boolean kept, double fetched, double rebuilt) {
        return new CacheTrial(
                "p:1",
                Kind.INLINE,
                Exports.INLINE,
                3,
                12,
                60,
                5,
                0,
                true,
                List.of(new Stage("deps", kept, fetched, rebuilt)));
    }

    @Test
    void aStageThatRebuildsFasterThanItIsFetchedIsNotKept() {
        var chooser = new CacheChooser(Collections.nCopies(5, withDeps(true, 19, 4)));
        assertThat(chooser.notKept(List.of("deps")))
                .contains("stage deps rebuilds in 4 s, its layers take 19 s to fetch: not kept");
        assertThat(new CacheChooser(Collections.nCopies(4, withDeps(true, 19, 4))).notKept(List.of("deps")))
                .isEmpty();
        assertThat(new CacheChooser(Collections.nCopies(5, withDeps(true, 8, 4))).notKept(List.of("deps")))
                .isEmpty();
        assertThat(new CacheChooser(Collections.nCopies(5, withDeps(true, 19, 0))).notKept(List.of("deps")))
                .as("one of whose steps nobody knows the time")
                .isEmpty();
    }

    @Test
    void aStageIsKeptAgainOnlyWhenItHasBecomeDearer() {
        var trials = new ArrayList<>(Collections.nCopies(5, withDeps(false, 0, 15)));
        trials.addAll(Collections.nCopies(5, withDeps(true, 19, 4)));
        assertThat(new CacheChooser(trials).notKept(List.of("deps"))).isPresent();
        Collections.fill(trials.subList(0, 5), withDeps(false, 0, 40));
        assertThat(new CacheChooser(trials).notKept(List.of("deps"))).isEmpty();
    }

    private static CacheTrial waited(Kind kind, double seconds) {
        return new CacheTrial("p:1", kind, Exports.ALL, 4, 2, 60, 5, seconds, true, List.of());
    }

    private static List<CacheTrial> waited(int frozen, double seconds, int registry, double fetching) {
        var trials = new ArrayList<>(Collections.nCopies(frozen, waited(Kind.FROZEN, seconds)));
        trials.addAll(Collections.nCopies(registry, waited(Kind.REGISTRY, fetching)));
        return trials;
    }

    @Test
    void anEngineIsFrozenWhereFetchingTakesLong() {
        assertThat(chosen(waited(0, 0, 4, 12))).isEqualTo(Kind.REGISTRY);
        assertThat(chosen(waited(0, 0, 5, 4))).isEqualTo(Kind.REGISTRY);
        var choice = new CacheChooser(waited(0, 0, 5, 12)).choose(FREE);
        assertThat(choice.kind()).isEqualTo(Kind.FROZEN);
        assertThat(choice.why()).contains("wait 12 s");
        var foreign = new CacheTrial("p:1", Kind.REGISTRY, Exports.ALL, 4, 2, 60, 5, 12, false, List.of());
        assertThat(chosen(Collections.nCopies(5, foreign)))
                .as("an engine that was there")
                .isEqualTo(Kind.REGISTRY);
    }

    @Test
    void itStaysFrozenIfThatIsFaster() {
        assertThat(chosen(waited(3, 40, 5, 12))).as("while it is tried").isEqualTo(Kind.FROZEN);
        assertThat(chosen(waited(5, 3, 5, 12))).isEqualTo(Kind.FROZEN);
        assertThat(chosen(waited(60, 3, 0, 0)))
                .as("when nobody remembers anything else")
                .isEqualTo(Kind.FROZEN);
        assertThat(chosen(waited(5, 14, 5, 12))).isEqualTo(Kind.REGISTRY);
    }

    @Test
    void whatWasSlowerIsTriedAgainOnlyWhenFetchingTakesMuchLonger() {
        var left = new ArrayList<>(Collections.nCopies(5, waited(Kind.REGISTRY, 13)));
        left.addAll(waited(5, 14, 5, 12));
        assertThat(chosen(left)).isEqualTo(Kind.REGISTRY);
        Collections.fill(left.subList(0, 5), waited(Kind.REGISTRY, 25));
        assertThat(chosen(left)).isEqualTo(Kind.FROZEN);
    }

    /** A project that stays as it is tries it once in as many builds as are remembered, or keeps it for good. */
    @Test
    void freezingIsTriedAgainOnlyWhenNobodyRemembersIt() {
        Property.holds(300, random -> new Random(random.nextLong()), random -> {
            var fetching = random.nextDouble() * 20;
            var thawing = random.nextDouble() * 20;
            var changes = changes(
                    (kind, build) -> {
                        // So little that a tenth is more.
                        var noise = 0.96 + random.nextDouble() * 0.08;
                        return waited(kind, (kind == Kind.FROZEN ? thawing : fetching) * noise);
                    },
                    List::removeLast);
            assertThat(changes).isLessThanOrEqualTo(thawing <= fetching ? 1 : 2 * 4);
        });
    }
}
