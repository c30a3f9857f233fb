package dev.sledge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sledge.build.Asker;
import dev.sledge.build.Bucket;
import dev.sledge.build.BuildNotStartedException;
import dev.sledge.build.BuildRecord;
import dev.sledge.build.BuildsInMemory;
import dev.sledge.build.FinishedBuild;
import dev.sledge.build.FinishedBuild.Status;
import dev.sledge.build.ImageRegistry.StoredImage;
import dev.sledge.build.PlanJson;
import dev.sledge.build.RegistryInMemory;
import dev.sledge.build.Repetitions;
import dev.sledge.build.ResultFolder;
import dev.sledge.build.ResultsInMemory;
import dev.sledge.build.SharedFilesInMemory;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.event.RepositoryEvent.RefDeleted;
import dev.sledge.image.Digest;
import dev.sledge.image.Platform;
import dev.sledge.pipeline.PushOutcome.ImageOutcome;
import dev.sledge.plan.BuildPlanner;
import dev.sledge.plan.Cache;
import dev.sledge.plan.Destination;
import dev.sledge.plan.PastBuilds;
import dev.sledge.problem.Problem;
import dev.sledge.render.BuildspecRenderer;
import dev.sledge.settings.BuildSettings.CacheChoice;
import dev.sledge.source.FilesInMemory;
import dev.sledge.source.SourceUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PushPipelineTest {
    private static final Repository REPOSITORY = new Repository("github.com", "octocat/hello-world");
    private static final String DOCKERFILE = "FROM alpine AS build\nRUN true\nFROM scratch\nCOPY --from=build / /\n";

    private static final GitRef.Branch MAIN = new GitRef.Branch("main");
    private static final Digest DIGEST = new Digest("sha256:" + "1".repeat(64));

    private final FilesInMemory files = new FilesInMemory(REPOSITORY);
    private final BuildsInMemory builds = new BuildsInMemory();
    private final ResultsInMemory results = new ResultsInMemory();
    private final Bucket bucket = new Bucket(results, new SharedFilesInMemory(), "s3://bucket");
    private final RegistryInMemory registry = new RegistryInMemory();

    private PushPipeline pipeline(Optional<CacheChoice> cache, Asker asker) {
        var planner = new BuildPlanner(
                new Destination("127.0.0.1:5000", "sledge"), Platform.LINUX_AMD64, image -> PastBuilds.none());
        return new PushPipeline(
                files, files, planner, builds, bucket, registry, cache, asker, BuildStatuses.toNobody());
    }

    private PushOutcome push(CommitId commit, Optional<CacheChoice> cache) {
        return pipeline(cache, Asker.FORGE).handle(new Pushed(REPOSITORY, MAIN, new Before.Nothing(), commit, MAIN));
    }

    private PushOutcome push(Map<String, String> commit) {
        return push(files.commitText(commit), Optional.empty());
    }

    private static List<ImageOutcome> images(PushOutcome outcome) {
        if (outcome instanceof PushOutcome.Planned(var images, var warnings)) return images;
        throw new AssertionError(outcome);
    }

    private static ResultFolder folder(ImageOutcome image) {
        return ResultFolder.of(image.plan(), image.build());
    }

    @Test
    void aPushStartsOneBuildForEachImage() {
        var outcome = push(Map.of(
                "Dockerfile", DOCKERFILE,
                "web/Dockerfile", DOCKERFILE,
                "sledge.yml", "images:\n  - name: api\n  - name: web\n    dockerfile: web/Dockerfile\n"));

        assertThat(images(outcome))
                .hasOnlyElementsOfType(ImageOutcome.Started.class)
                .extracting(each -> folder(each).path())
                .containsExactly(
                        "results/sledge/octocat/hello-world/api/b-main/1-0000000000000000000000000000000000c0ffee",
                        "results/sledge/octocat/hello-world/web/b-main/2-0000000000000000000000000000000000c0ffee");
        assertThat(builds.started()).hasSize(2);
    }

    @Test
    void aBuildIsWhatItsPlanRendersTo() {
        var started = images(push(Map.of("Dockerfile", DOCKERFILE))).getFirst();

        assertThat(builds.started()).containsExactly(BuildspecRenderer.render(started.plan(), "s3://bucket/uploads"));
        assertThat(started.plan().source().remote()).isEqualTo(files.remote(REPOSITORY));
    }

    @Test
    void whoeverHearsOfTheEndFindsThePlan() {
        var started = images(push(Map.of("Dockerfile", DOCKERFILE))).getFirst();

        var json = results.get(folder(started), "plan.json").orElseThrow();
        assertThat(PlanJson.read(new String(json, StandardCharsets.UTF_8))).isEqualTo(started.plan());
    }

    @Test
    void theFilesAreThoseOfThePushedCommit() {
        var pushed = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        files.commitText(Map.of("Dockerfile", "not yet pushed"));
        assertThat(images(push(pushed, Optional.empty()))
                        .getFirst()
                        .plan()
                        .source()
                        .commit())
                .isEqualTo(pushed);
    }

    @Test
    void theKindOfCacheCanBeForced() {
        var commit = files.commitText(Map.of("Dockerfile", DOCKERFILE, "sledge.yml", "cache: classic\n"));
        assertThat(asked(commit, Optional.empty()).plan().cache()).isInstanceOf(Cache.Classic.class);
        assertThat(asked(commit, Optional.of(CacheChoice.NONE)).plan().cache()).isInstanceOf(Cache.None.class);
    }

    /** By a person, for whom all is built as it is asked for. */
    private ImageOutcome asked(CommitId commit, Optional<CacheChoice> cache) {
        var event = new Pushed(REPOSITORY, MAIN, new Before.Nothing(), commit, MAIN);
        return images(pipeline(cache, Asker.PERSON).handle(event)).getFirst();
    }

    @Test
    void warningsDoNotStopABuild() {
        var outcome = push(Map.of("Dockerfile", DOCKERFILE.replace("--from=build", "--from=biuld")));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PushOutcome.Planned.class,
                        planned -> assertThat(planned.warnings())
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
        var outcome = pipeline(Optional.empty(), Asker.FORGE)
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

    /** Ends what was started, its image pushed if it succeeded. */
    private BuildRecord ends(ImageOutcome image, Status status) {
        if (status == Status.SUCCEEDED) {
            registry.push(image.plan().output().commitImage(), stored(image));
        }
        var finished = new FinishedBuild(
                image.build(), "arn:" + image.build().id(), Instant.EPOCH, Duration.ofSeconds(9), status, List.of());
        return new BuildFinished(bucket, registry, BuildStatuses.toNobody(), Repetitions.none())
                .handle(folder(image), finished);
    }

    /** An image that no other commit has. */
    private static StoredImage stored(ImageOutcome image) {
        return new StoredImage(DIGEST, List.of((long) image.build().number()));
    }

    private ImageOutcome pushed(CommitId before, CommitId commit) {
        var event = new Pushed(REPOSITORY, MAIN, new Before.At(before), commit, MAIN);
        return images(pipeline(Optional.empty(), Asker.FORGE).handle(event)).getFirst();
    }

    @Test
    void aPushThatIsToldTwiceStartsOneBuild() {
        var commit = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        var first = images(push(commit, Optional.empty())).getFirst();
        assertThat(images(push(commit, Optional.empty())))
                .containsExactly(new ImageOutcome.RunsAlready(first.plan(), first.build()));

        ends(first, Status.SUCCEEDED);
        assertThat(images(push(commit, Optional.empty())))
                .containsExactly(new ImageOutcome.BuiltAlready(first.plan(), first.build()));
        assertThat(builds.started()).hasSize(1);
    }

    @Test
    void whatDidNotSucceedIsTriedAgainWhenItIsToldAgain() {
        var commit = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        var first = images(push(commit, Optional.empty())).getFirst();
        ends(first, Status.FAULT);
        var second = images(push(commit, Optional.empty())).getFirst();
        assertThat(second).isInstanceOf(ImageOutcome.Started.class);
        assertThat(second.build()).isNotEqualTo(first.build());
        assertThat(ends(second, Status.SUCCEEDED).image().getFirst().tags()).hasSize(2);
    }

    @Test
    void aPersonMayHaveTheSameBuiltAgain() {
        var commit = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        var event = new Pushed(REPOSITORY, MAIN, new Before.Nothing(), commit, MAIN);
        for (var i = 1; i <= 3; i++) {
            var image = images(pipeline(Optional.empty(), Asker.PERSON).handle(event))
                    .getFirst();
            assertThat(image).isInstanceOf(ImageOutcome.Started.class);
            assertThat(image.build().number()).isEqualTo(i);
        }
    }

    @Test
    void aStartWhoseAnswerWasLostIsFoundAgain() {
        var commit = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        builds.loseNextAnswer();
        assertThatExceptionOfType(BuildNotStartedException.class).isThrownBy(() -> push(commit, Optional.empty()));
        var image = images(push(commit, Optional.empty())).getFirst();
        assertThat(image).isInstanceOf(ImageOutcome.Started.class);
        assertThat(image.build().number()).isEqualTo(1);
        assertThat(results.get(folder(image), "plan.json")).isPresent();
        assertThat(builds.started()).hasSize(1);
    }

    @Test
    void ofSeveralImagesOnlyTheMissingOnesAreStartedAtTheNextAttempt() {
        var commit = files.commitText(
                Map.of("Dockerfile", DOCKERFILE, "sledge.yml", "images:\n  - name: api\n  - name: web\n"));
        builds.refuseAfter(1);
        assertThatExceptionOfType(BuildNotStartedException.class).isThrownBy(() -> push(commit, Optional.empty()));
        builds.refuseAfter(10);
        assertThat(images(push(commit, Optional.empty())))
                .extracting(Object::getClass)
                .containsExactly(ImageOutcome.RunsAlready.class, ImageOutcome.Started.class);
        assertThat(builds.started()).hasSize(2);
    }

    @Test
    void aBuildThatNobodyKnowsAnyMoreIsStartedAnew() {
        var commit = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        push(commit, Optional.empty());
        builds.forget();
        assertThat(images(push(commit, Optional.empty())).getFirst().build().number())
                .isEqualTo(2);
    }

    @Test
    void anImageThatIsGoneIsBuiltAgain() {
        var commit = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        var image = images(push(commit, Optional.empty())).getFirst();
        ends(image, Status.SUCCEEDED);
        registry.untag(image.plan().output().commitImage());
        assertThat(images(push(commit, Optional.empty())).getFirst()).isInstanceOf(ImageOutcome.Started.class);
    }

    @Test
    void anOlderBuildThatEndsLateNeverWins() {
        var older = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        var newer = files.commitText(Map.of("Dockerfile", DOCKERFILE + "LABEL newer=1\n"));
        var first = images(push(older, Optional.empty())).getFirst();
        var second = pushed(older, newer);

        assertThat(ends(second, Status.SUCCEEDED).image().getFirst().tags())
                .containsExactly(
                        second.plan().output().commitTag(),
                        second.plan().output().refTag());
        assertThat(ends(first, Status.SUCCEEDED).image().getFirst().tags())
                .containsExactly(first.plan().output().commitTag());
        assertThat(registry.find(second.plan().output().refImage())).contains(stored(second));
    }

    @Test
    void aForcedPushBackTakesTheTagBackWithoutABuild() {
        var older = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        var newer = files.commitText(Map.of("Dockerfile", DOCKERFILE + "LABEL newer=1\n"));
        var first = images(push(older, Optional.empty())).getFirst();
        ends(first, Status.SUCCEEDED);
        ends(pushed(older, newer), Status.SUCCEEDED);

        assertThat(pushed(newer, older)).isInstanceOf(ImageOutcome.BuiltAlready.class);
        assertThat(registry.find(first.plan().output().refImage())).contains(stored(first));
        assertThat(builds.started()).hasSize(2);
    }

    @Test
    void aCommitThatIsNotBuiltLeavesTheTagToTheOneBefore() {
        var older = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        var broken = files.commitText(Map.of("Dockerfile", "FORM alpine\n"));
        var first = images(push(older, Optional.empty())).getFirst();
        var event = new Pushed(REPOSITORY, MAIN, new Before.At(older), broken, MAIN);
        assertThat(pipeline(Optional.empty(), Asker.FORGE).handle(event)).isInstanceOf(PushOutcome.Unbuildable.class);
        assertThat(ends(first, Status.SUCCEEDED).image().getFirst().tags()).hasSize(2);
    }

    @Test
    void aBranchThatIsGoneHasNoTagThatMoves() {
        var commit = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        var image = images(push(commit, Optional.empty())).getFirst();
        pipeline(Optional.empty(), Asker.FORGE).handle(new RefDeleted(REPOSITORY, MAIN, commit));
        assertThat(ends(image, Status.SUCCEEDED).image().getFirst().tags()).hasSize(1);
        assertThat(registry.find(image.plan().output().refImage())).isEmpty();
    }

    private ImageOutcome push(GitRef ref, CommitId commit) {
        var event = new Pushed(REPOSITORY, ref, new Before.Nothing(), commit, MAIN);
        return images(pipeline(Optional.empty(), Asker.FORGE).handle(event)).getFirst();
    }

    private Optional<StoredImage> tagged(ImageOutcome image, GitRef ref) {
        return registry.find(image.plan().output().image().tagged(Destination.tagOf(ref)));
    }

    @Test
    void refsThatComeToOneCommitComeToOneBuildAndAllTheirTagsFollow() {
        var commit = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        var release = new GitRef.Tag("v1.0");
        var late = new GitRef.Tag("v1.0-again");
        var first = push(MAIN, commit);
        assertThat(push(release, commit)).isEqualTo(new ImageOutcome.RunsAlready(first.plan(), first.build()));

        ends(first, Status.SUCCEEDED);
        assertThat(tagged(first, MAIN)).contains(stored(first));
        assertThat(tagged(first, release)).contains(stored(first));
        assertThat(push(late, commit)).isInstanceOf(ImageOutcome.BuiltAlready.class);
        assertThat(tagged(first, late)).contains(stored(first));
        assertThat(builds.started()).hasSize(1);
    }

    @Test
    void whoeverTakesAClaimOverBuildsByThePlanOfTheOneBefore() {
        var commit = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        builds.loseNextAnswer();
        assertThatExceptionOfType(BuildNotStartedException.class).isThrownBy(() -> push(MAIN, commit));

        var taken = push(new GitRef.Tag("v1.0"), commit);
        assertThat(taken.plan().source().ref()).isEqualTo(MAIN);
        assertThat(results.get(folder(taken), "plan.json")).isPresent();
        ends(taken, Status.SUCCEEDED);
        assertThat(tagged(taken, MAIN)).isPresent();
        assertThat(tagged(taken, new GitRef.Tag("v1.0"))).isPresent();
        assertThat(builds.started()).hasSize(1);
    }

    @Test
    void anImageIsNotBuiltAgainBecauseItsBuildFailedAfterItWasPushed() {
        var commit = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        var image = push(MAIN, commit);
        registry.push(image.plan().output().commitImage(), stored(image));
        ends(image, Status.FAILED);
        assertThat(tagged(image, MAIN)).isEmpty();

        assertThat(push(MAIN, commit)).isInstanceOf(ImageOutcome.BuiltAlready.class);
        assertThat(tagged(image, MAIN)).contains(stored(image));
    }

    @Test
    void aReleaseStaysWhatItWasWhereTagsDoNotMove() {
        registry.makeImmutable();
        var release = new GitRef.Tag("v1.0");
        var first = push(release, files.commitText(Map.of("Dockerfile", DOCKERFILE)));
        ends(first, Status.SUCCEEDED);
        var second = push(release, files.commitText(Map.of("Dockerfile", DOCKERFILE + "LABEL moved=1\n")));
        assertThat(ends(second, Status.SUCCEEDED).image().getFirst().tags())
                .containsExactly(second.plan().output().commitTag());
        assertThat(tagged(first, release)).contains(stored(first));
    }

    private ImageOutcome pushed(GitRef ref, CommitId before, String text) {
        var commit = files.commitText(Map.of("Dockerfile", DOCKERFILE + "LABEL text=" + text + "\n"));
        var event = new Pushed(REPOSITORY, ref, new Before.At(before), commit, MAIN);
        return images(pipeline(Optional.empty(), Asker.FORGE).handle(event)).getFirst();
    }

    private static CommitId commit(ImageOutcome image) {
        return image.plan().source().commit();
    }

    @Test
    void aNewerCommitOfABranchStopsTheBuildThatNobodyWaitsForAnyMore() {
        var feature = new GitRef.Branch("feature");
        var first = push(feature, files.commitText(Map.of("Dockerfile", DOCKERFILE)));
        var second = pushed(feature, commit(first), "second");
        assertThat(builds.stopped()).containsExactly(first.build());
        ends(second, Status.SUCCEEDED);
        pushed(feature, commit(second), "third");
        assertThat(builds.stopped()).containsExactly(first.build());
    }

    @Test
    void theDefaultBranchsCommitsAreAllBuiltToTheirEnds() {
        var first = push(MAIN, files.commitText(Map.of("Dockerfile", DOCKERFILE)));
        pushed(MAIN, commit(first), "second");
        assertThat(builds.stopped()).isEmpty();
    }

    @Test
    void aBuildThatAnotherRefIsAtGoesOn() {
        var feature = new GitRef.Branch("feature");
        var first = push(feature, files.commitText(Map.of("Dockerfile", DOCKERFILE)));
        push(new GitRef.Tag("v1.0"), commit(first));
        pushed(feature, commit(first), "second");
        assertThat(builds.stopped()).isEmpty();
    }

    @Test
    void anOlderPushThatIsToldLateStopsNothing() {
        var feature = new GitRef.Branch("feature");
        var older = files.commitText(Map.of("Dockerfile", DOCKERFILE));
        pushed(feature, older, "newer");
        push(feature, older);
        assertThat(builds.stopped()).isEmpty();
    }
}
