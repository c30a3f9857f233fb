package dev.sledge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.build.Asker;
import dev.sledge.build.Bucket;
import dev.sledge.build.BuildsInMemory;
import dev.sledge.build.CommitStatus;
import dev.sledge.build.CommitStatus.State;
import dev.sledge.build.RegistryInMemory;
import dev.sledge.build.ResultsInMemory;
import dev.sledge.build.SharedFilesInMemory;
import dev.sledge.build.StatusNotToldException;
import dev.sledge.event.CommitId;
import dev.sledge.event.CommitName;
import dev.sledge.event.GitRef;
import dev.sledge.event.GitRef.PullRequest.Naming;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent;
import dev.sledge.event.RepositoryEvent.Base;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.DefaultBranch;
import dev.sledge.event.RepositoryEvent.Origin;
import dev.sledge.event.RepositoryEvent.PullRequestUpdated;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.SkipMark;
import dev.sledge.image.Platform;
import dev.sledge.plan.BuildPlanner;
import dev.sledge.plan.Cache;
import dev.sledge.plan.Destination;
import dev.sledge.plan.PastBuilds;
import dev.sledge.source.FilesInMemory;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is built of what happens, and what the forge hears of it. */
class BuildRulesTest {
    private static final Repository REPOSITORY = new Repository("git.example.com", "octocat/hello-world");
    private static final GitRef.Branch MAIN = new GitRef.Branch("main");
    private static final String ON =
            "on:\n  branches: [main, \"release/*\"]\n  tags: [\"v*\"]\n  pull_requests: same-repository\n";

    private final FilesInMemory files = new FilesInMemory(REPOSITORY);
    private final BuildsInMemory builds = new BuildsInMemory();
    private final List<CommitStatus> told = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private PushOutcome handle(RepositoryEvent event) {
        var statuses = new BuildStatuses(
                (repository, ref, commit, status) -> told.add(status),
                Optional.of(URI.create("https://sledge.example.com")),
                faults::add);
        return handle(event, statuses);
    }

    private PushOutcome handle(RepositoryEvent event, BuildStatuses statuses) {
        var planner = new BuildPlanner(
                new Destination("127.0.0.1:5000", "sledge"), Platform.LINUX_AMD64, image -> PastBuilds.none());
        return new PushPipeline(
                        files,
                        files,
                        planner,
                        builds,
                        new Bucket(new ResultsInMemory(), new SharedFilesInMemory(), "s3://bucket"),
                        new RegistryInMemory(),
                        Optional.empty(),
                        Asker.FORGE,
                        statuses)
                .handle(event);
    }

    private CommitId commit(String settings, String message) {
        var content = new HashMap<>(Map.of("Dockerfile", "FROM scratch\nCOPY a /\n"));
        if (!settings.isEmpty()) {
            content.put("sledge.yml", settings);
        }
        var commit = files.commitText(content);
        files.setMessage(commit, message);
        return commit;
    }

    private static Pushed pushed(String ref, CommitId commit, SkipMark skip) {
        return new Pushed(
                REPOSITORY, GitRef.parse(ref), new Before.Nothing(), commit, new DefaultBranch.Named(MAIN), skip);
    }

    private static PullRequestUpdated pullRequest(CommitId commit, Origin origin, boolean draft) {
        return new PullRequestUpdated(
                REPOSITORY,
                new GitRef.PullRequest(7, Naming.PULL),
                new CommitName(commit.hex().substring(0, 40)),
                new Base(MAIN, new Base.Tip.Untold()),
                origin,
                draft,
                new DefaultBranch.Untold());
    }

    @ParameterizedTest
    @CsvSource({
        "refs/heads/main, true",
        "refs/heads/release/1.0, true",
        "refs/heads/feature/x, false",
        "refs/heads/v1, false",
        "refs/tags/v1, true",
        "refs/tags/main, false"
    })
    void onlyWhatIsAskedForIsBuilt(String ref, boolean built) {
        var outcome = handle(pushed(ref, commit(ON, ""), new SkipMark.None()));
        assertThat(outcome instanceof PushOutcome.Planned).isEqualTo(built);
        assertThat(builds.started()).hasSize(built ? 1 : 0);
    }

    @Test
    void withoutSettingsEveryPushIsBuiltAndNoPullRequest() {
        var commit = commit("", "");
        assertThat(handle(pushed("refs/heads/x/y", commit, new SkipMark.None())))
                .isInstanceOf(PushOutcome.Planned.class);
        assertThat(handle(pushed("refs/tags/x", commit, new SkipMark.None()))).isInstanceOf(PushOutcome.Planned.class);
        assertThat(handle(pullRequest(commit, Origin.SAME_REPOSITORY, false)))
                .isInstanceOf(PushOutcome.NothingToBuild.class);
    }

    @Test
    void aPushAndItsPullRequestAreOneBuild() {
        var commit = commit(ON, "");
        handle(pushed("refs/heads/main", commit, new SkipMark.None()));
        handle(pullRequest(commit, Origin.SAME_REPOSITORY, false));
        assertThat(builds.started()).hasSize(1);
    }

    @Test
    void aPullRequestHasATagAndACacheOfItsOwn() {
        var outcome = handle(pullRequest(commit(ON, ""), Origin.SAME_REPOSITORY, false));
        assertThat(outcome).isInstanceOfSatisfying(PushOutcome.Planned.class, planned -> {
            var plan = planned.images().getFirst().plan();
            assertThat(plan.output().refTag()).hasToString("pr-7");
            assertThat(plan.cache().toString()).contains("cache-pr-7", "cache-b-main");
        });
    }

    @Test
    void aForksOwnSettingsDoNotLetItIn() {
        files.setBranch("main", commit(ON, ""));
        var commit = commit(ON.replace("same-repository", "all"), "");
        assertThat(handle(pullRequest(commit, Origin.FORK, false)))
                .isEqualTo(new PushOutcome.NothingToBuild(
                        "the change of pull request 7 comes from a fork, and sledge.yml of the default branch does"
                                + " not ask for those; write pull_requests: all under on:"));
        assertThat(builds.started()).isEmpty();
    }

    @Test
    void aForkIsBuiltWhereTheRepositoryAsksForItAndLeavesNothing() {
        files.setBranch("main", commit(ON.replace("same-repository", "all"), ""));
        var outcome = handle(pullRequest(commit("on:\n  branches: []\n", ""), Origin.FORK, false));
        assertThat(outcome).isInstanceOfSatisfying(PushOutcome.Planned.class, planned -> {
            var plan = planned.images().getFirst().plan();
            assertThat(plan.pushes()).isFalse();
            assertThat(plan.cache()).isInstanceOfSatisfying(Cache.Registry.class, cache -> {
                assertThat(cache.to()).isEmpty();
                assertThat(cache.from()).singleElement().asString().endsWith(":cache-b-main");
            });
        });
    }

    @Test
    void aForkAtBitbucketIsNotReached() {
        var update = pullRequest(commit(ON, ""), Origin.FORK, false);
        var outcome = handle(new PullRequestUpdated(
                REPOSITORY,
                new GitRef.PullRequest(7, Naming.NUMBER),
                update.head(),
                update.base(),
                Origin.FORK,
                false,
                update.defaultBranch()));
        assertThat(outcome).isInstanceOf(PushOutcome.NothingToBuild.class);
        assertThat(outcome.toString()).contains("Bitbucket keeps its commits");
    }

    @Test
    void aDraftIsNotBuilt() {
        var commit = commit(ON, "");
        assertThat(handle(pullRequest(commit, Origin.SAME_REPOSITORY, true)))
                .isInstanceOf(PushOutcome.NothingToBuild.class);
        assertThat(builds.started()).isEmpty();
    }

    @Test
    void aCommitThatAsksForItIsSkippedUnlessItIsTagged() {
        var commit = commit(ON, "Fix a typo [Skip CI]");
        for (var skip : List.of(new SkipMark.Asked("[skip ci]"), new SkipMark.Untold())) {
            assertThat(handle(pushed("refs/heads/main", commit, skip)))
                    .isEqualTo(new PushOutcome.NothingToBuild("the commit asks for no build: [skip ci]"));
            assertThat(handle(pushed("refs/tags/v1", commit, skip))).isInstanceOf(PushOutcome.Planned.class);
        }
        assertThat(handle(pullRequest(commit, Origin.SAME_REPOSITORY, false)))
                .isInstanceOf(PushOutcome.NothingToBuild.class);
    }

    @Test
    void theForgeHearsOfEveryBuild() {
        handle(pushed("refs/heads/main", commit("", ""), new SkipMark.None()));
        assertThat(told).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo(State.RUNNING);
            assertThat(status.context()).startsWith("sledge/").endsWith("octocat/hello-world");
            assertThat(status.target().orElseThrow().toString())
                    .startsWith("https://sledge.example.com/results/")
                    .endsWith("/record.json");
        });
    }

    @Test
    void theForgeHearsWhatIsWrongWithTheFiles() {
        handle(pushed("refs/heads/main", commit("cache: fast\n", ""), new SkipMark.None()));
        assertThat(told).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo(State.FAILED);
            assertThat(status.description()).startsWith("sledge.yml:1: ");
        });
    }

    @Test
    void aForgeThatDoesNotListenFailsNoBuild() {
        var deaf = new BuildStatuses(
                (repository, ref, commit, status) -> {
                    throw new StatusNotToldException("the forge is down");
                },
                Optional.of(URI.create("https://sledge.example.com")),
                faults::add);
        assertThat(handle(pushed("refs/heads/main", commit("", ""), new SkipMark.None()), deaf))
                .isInstanceOf(PushOutcome.Planned.class);
        assertThat(faults).containsExactly("the status was not told: the forge is down");
    }
}
