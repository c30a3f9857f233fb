package dev.sledge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.image.Platform;
import dev.sledge.plan.CacheTrial.Kind;
import dev.sledge.plan.CacheTrial.Stage;
import dev.sledge.source.SourceFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a plan makes of what builds measured. */
class CacheSelectionTest {
    private static final String DOCKERFILE = """
            FROM debian:trixie AS base
            RUN base
            FROM base AS deps
            RUN deps
            FROM debian:trixie AS tools
            RUN tools
            FROM debian:trixie
            COPY --from=deps /a /a
            COPY --from=tools /b /b
            """;

    private static BuildPlan plan(List<CacheTrial> trials) {
        var main = new GitRef.Branch("main");
        var request = new BuildRequest(
                new Repository("github.com", "octocat/app"), main, new CommitId("a".repeat(40)), main, Trust.TRUSTED);
        var planner = new BuildPlanner(
                new Destination("127.0.0.1:5000", "sledge"),
                Platform.LINUX_AMD64,
                image -> new PastBuilds(Experience.none(), trials));
        var planning = planner.plan(
                request,
                URI.create("https://github.com/octocat/app.git"),
                Optional.empty(),
                path -> path.equals("Dockerfile")
                        ? new SourceFile.Found(DOCKERFILE.getBytes(StandardCharsets.UTF_8))
                        : new SourceFile.Missing());
        if (planning instanceof Planning.Planned(var plans, var warnings)) return plans.getFirst();
        throw new AssertionError(planning);
    }

    /** On an engine that exports nothing; the stage deps and what it is built on take as long to fetch as is said. */
    private static List<CacheTrial> measured(double fetched) {
        var stages = List.of(
                new Stage("base", true, fetched / 2, 1),
                new Stage("deps", true, fetched / 2, 3),
                new Stage("tools", true, 2, 60),
                new Stage("stage-3", true, 0, 1));
        return Collections.nCopies(
                5, new CacheTrial("p:1", Kind.INLINE, Exports.INLINE, 3, 20, 64, 5, 0, true, stages));
    }

    private static List<String> kept(BuildPlan plan) {
        if (plan.cache() instanceof Cache.Inline(var stages)) {
            return stages.stream().map(Cache.KeptStage::target).toList();
        }
        throw new AssertionError(plan.cache());
    }

    @Test
    void aStageThatIsNotWorthItIsNeitherReadNorWritten() {
        var plan = plan(measured(22));
        assertThat(kept(plan)).containsExactly("tools", "");
        assertThat(plan.decision().notKept()).containsExactly("deps");
        assertThat(plan.decision().why())
                .contains("stage deps rebuilds in 4 s, its layers take 22 s to fetch: not kept");
    }

    @Test
    void allStagesThatAreWorthItAreKept() {
        var plan = plan(measured(5));
        assertThat(kept(plan)).containsExactly("deps", "tools", "");
        assertThat(plan.decision().notKept()).isEmpty();
    }

    @Test
    void withoutBuildKitEachLeafIsKeptByTheClassicRecipe() {
        var plan = plan(List.of(new CacheTrial("p:1", Kind.REGISTRY, Exports.NONE, 0, 0, 0, 60, 0, true, List.of())));
        assertThat(plan.cache())
                .isInstanceOfSatisfying(
                        Cache.Classic.class,
                        classic -> assertThat(classic.stages().stream().map(Cache.KeptStage::target))
                                .containsExactly("deps", "tools", ""));
        assertThat(plan.decision().why()).singleElement().asString().contains("has no BuildKit");
    }

    @Test
    void withoutAnyCacheNothingIsReadOrWritten() {
        var dear = new CacheTrial("p:1", Kind.REGISTRY, Exports.ALL, 4, 30, 8, 2, 0, true, List.of());
        var plan = plan(Collections.nCopies(5, dear));
        assertThat(plan.cache()).isEqualTo(new Cache.None());
        assertThat(plan.decision().why()).singleElement().asString().contains("built without");
    }
}
