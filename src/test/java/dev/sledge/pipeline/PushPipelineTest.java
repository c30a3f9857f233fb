package dev.sledge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.build.BuildNotStartedException;
import dev.sledge.build.BuildsInMemory;
import dev.sledge.build.PlanJson;
import dev.sledge.build.ResultsInMemory;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.RepositoryEvent.RefDeleted;
import dev.sledge.image.Platform;
import dev.sledge.pipeline.PushOutcome.RunningBuild;
import dev.sledge.plan.BuildPlanner;
import dev.sledge.plan.Cache;
import dev.sledge.plan.Destination;
import dev.sledge.problem.Problem;
import dev.sledge.render.BuildspecRenderer;
import dev.sledge.settings.BuildSettings.CacheChoice;
import dev.sledge.source.FilesInMemory;
import dev.sledge.source.SourceUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PushPipelineTest {
    private static final Repository REPOSITORY = new Repository("github.com", "octocat/hello-world");
    private static final String DOCKERFILE = "FROM alpine AS build\nRUN true\nFROM scratch\nCOPY --from=build / /\n";

    private final FilesInMemory files = new FilesInMemory(REPOSITORY);
    private final BuildsInMemory builds = new BuildsInMemory();
    private final ResultsInMemory results = new ResultsInMemory();

    private PushOutcome push(CommitId commit, Optional<CacheChoice> cache) {
        var planner = new BuildPlanner(new Destination("127.0.0.1:5000", "sledge"), Platform.LINUX_AMD64);
        var main = new GitRef.Branch("main");
        return new PushPipeline(files, files, planner, builds, results, "s3://bucket", cache, BuildStatuses.toNobody())
                .handle(new Pushed(REPOSITORY, main, new Before.Nothing(), commit, main));
    }

    private PushOutcome push(Map<String, String> commit) {
        return push(files.commitText(commit), Optional.empty());
    }

    private static List<RunningBuild> running(PushOutcome outcome) {
        if (outcome instanceof PushOutcome.Started(var running, var warnings)) return running;
        throw new AssertionError(outcome);
    }

    @Test
    void aPushStartsOneBuildForEachImage() {
        var outcome = push(Map.of(
                "Dockerfile", DOCKERFILE,
                "web/Dockerfile", DOCKERFILE,
                "sledge.yml", "images:\n  - name: api\n  - name: web\n    dockerfile: web/Dockerfile\n"));

        assertThat(running(outcome))
                .extracting(each -> each.folder().path())
                .containsExactly(
                        "results/sledge/octocat/hello-world/api/b-main/1-0000000000000000000000000000000000c0ffee",
                        "results/sledge/octocat/hello-world/web/b-main/2-0000000000000000000000000000000000c0ffee");
        assertThat(builds.started()).hasSize(2);
    }

    @Test
    void aBuildIsWhatItsPlanRendersTo() {
        var running = running(push(Map.of("Dockerfile", DOCKERFILE))).getFirst();

        assertThat(builds.started())
                .containsExactly(BuildspecRenderer.render(
                        running.plan(), "s3://bucket/results/sledge/octocat/hello-world/b-main"));
        assertThat(running.plan().source().remote()).isEqualTo(files.remote(REPOSITORY));
    }

    @Test
    void whoeverHearsOfTheEndFindsThePlan() {
        var running = running(push(Map.of("Dockerfile", DOCKERFILE))).getFirst();

        var json = results.get(running.folder(), "plan.json").orElseThrow();
        assertThat(PlanJson.read(new String(json, StandardCharsets.UTF_8))).isEqualTo(running.plan());
    }

    @Test
    void theFilesAreThoseOfThePushedCommit() {
        var pushed = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        files.commitText(Map.of("Dockerfile", "not yet pushed"));
        assertThat(running(push(pushed, Optional.empty()))
                        .getFirst()
                        .plan()
                        .source()
                        .commit())
                .isEqualTo(pushed);
    }

    @Test
    void theKindOfCacheCanBeForced() {
        var commit = files.commitText(Map.of("Dockerfile", DOCKERFILE, "sledge.yml", "cache: classic\n"));
        assertThat(running(push(commit, Optional.empty())).getFirst().plan().cache())
                .isInstanceOf(Cache.Classic.class);
        assertThat(running(push(commit, Optional.of(CacheChoice.NONE)))
                        .getFirst()
                        .plan()
                        .cache())
                .isInstanceOf(Cache.None.class);
    }

    @Test
    void warningsDoNotStopABuild() {
        var outcome = push(Map.of("Dockerfile", DOCKERFILE.replace("--from=build", "--from=biuld")));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PushOutcome.Started.class,
                        started -> assertThat(started.warnings())
                                .extracting(Problem::code)
                                .containsExactly(Problem.Code.UNKNOWN_STAGE));
    }

    @Test
    void faultyFilesStartNothing() {
        var outcome = push(Map.of("Dockerfile", DOCKERFILE, "sledge.yml", "cahce: none\n"));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PushOutcome.Unbuildable.class,
                        unbuildable -> assertThat(unbuildable.problems())
                                .extracting(Problem::toString)
                                .containsExactly(
                                        "sledge.yml:1: 'cahce' is no setting of the file [UNKNOWN_SETTING]; did you mean cache?"));
        assertThat(builds.started()).isEmpty();
    }

    @Test
    void oneFaultyImageStartsNoneOfTheOthers() {
        var settings = "images:\n  - name: api\n  - name: web\n    dockerfile: missing\n";
        assertThat(push(Map.of("Dockerfile", DOCKERFILE, "sledge.yml", settings)))
                .isInstanceOf(PushOutcome.Unbuildable.class);
        assertThat(builds.started()).isEmpty();
    }

    @Test
    void aDeletedRefStartsNothing() {
        var planner = new BuildPlanner(new Destination("127.0.0.1:5000", "sledge"), Platform.LINUX_AMD64);
        var outcome = new PushPipeline(
                        files,
                        files,
                        planner,
                        builds,
                        results,
                        "s3://bucket",
                        Optional.empty(),
                        BuildStatuses.toNobody())
                .handle(new RefDeleted(REPOSITORY, new GitRef.Tag("v1"), new CommitId("a".repeat(40))));
        assertThat(outcome).isEqualTo(new PushOutcome.NothingToBuild("refs/tags/v1 was deleted"));
        assertThat(builds.started()).isEmpty();
    }

    @Test
    void whatAServiceCannotDoIsNoOutcome() {
        builds.refuseAfter(0);
        assertThatExceptionOfType(BuildNotStartedException.class)
                .isThrownBy(() -> push(Map.of("Dockerfile", DOCKERFILE)));
        assertThatExceptionOfType(SourceUnavailableException.class)
                .isThrownBy(() -> push(new CommitId("f".repeat(40)), Optional.empty()));
    }
}
