package dev.sledge.plan;

import dev.sledge.dockerfile.BuildStage;
import dev.sledge.dockerfile.Builder;
import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.Mount;
import dev.sledge.dockerfile.StageGraph;
import dev.sledge.event.GitRef;
import dev.sledge.image.ImageName;
import dev.sledge.image.ImageReference;
import dev.sledge.image.ImageTag;
import dev.sledge.plan.Cache.KeptStage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a request's build reads and writes of each kind of cache.
 *
 * @param name of the image's caches, which differ by tag
 * @param target as {@code --target} takes it; empty for the last stage of the Dockerfile
 */
record CachePlanner(ImageName name, BuildRequest request, StageGraph graph, String target) {
    Cache registry() {
        return new Cache.Registry(reads(""), writes(""));
    }

    Cache layout() {
        return new Cache.Layout(served(reads("")), served(writes("")));
    }

    Cache inline() {
        return inlineBut(List.of());
    }

    /** @param dropped stages that are not kept; never the target */
    Cache inlineBut(List<BuildStage> dropped) {
        var stages = kept(Builder.BUILDKIT);
        stages.removeAll(dropped);
        return new Cache.Inline(images(stages));
    }

    Cache tarball() {
        return new Cache.Tarball(files("tarball/", ".tar", reads("")), files("tarball/", ".tar", writes("")));
    }

    Cache frozen() {
        return new Cache.Frozen(
                files("", "", reads("")), files("", "", writes("")), new Cache.Registry(reads(""), writes("")));
    }

    /** The cache mounts of the stages that are built; those whose name only the builder knows are left out. */
    CacheMounts mounts() {
        var kept = BuildPlanner.built(graph, Builder.BUILDKIT).stream()
                .flatMap(stage -> stage.instructions().stream())
                .flatMap(instruction ->
                        instruction instanceof Instruction.Run run ? run.mounts().stream() : Stream.empty())
                .filter(mount ->
                        mount.type() == Mount.Type.CACHE && mount.from().isEmpty())
                .flatMap(mount -> mount(mount).stream())
                .distinct()
                .toList();
        return kept.isEmpty()
                ? CacheMounts.none()
                : new CacheMounts(kept, mountFiles(reads("")), mountFiles(writes("")));
    }

    private static Optional<CacheMount> mount(Mount mount) {
        var id = mount.cacheName();
        var known =
                CacheMount.isPlain(id) && mount.ownership().values().stream().noneMatch(value -> value.contains("$"));
        return known ? Optional.of(new CacheMount(id, mount.ownership())) : Optional.empty();
    }

    private static List<String> mountFiles(List<ImageReference> references) {
        return files("mounts/", ".tar.zst", references);
    }

    Cache classic() {
        return new Cache.Classic(images(kept(Builder.CLASSIC)));
    }

    /** What this ref reads: its own cache first, then the default branch's. */
    private List<ImageReference> reads(String prefix) {
        var references = new LinkedHashSet<ImageReference>();
        switch (request.ref()) {
            case GitRef.Branch branch -> references.add(cacheOf(branch, prefix));
            case GitRef.PullRequest pullRequest
            when request.trust() == Trust.TRUSTED -> references.add(cacheOf(pullRequest, prefix));
            // A fork has none of its own, and a tag wrote none.
            case GitRef.PullRequest fork -> {}
            case GitRef.Tag tag -> {}
        }
        references.add(cacheOf(request.defaultBranch(), prefix));
        return List.copyOf(references);
    }

    /** What this ref writes: a branch or a pull request its own cache, a tag none, since nothing is built after it; a fork never any. */
    private List<ImageReference> writes(String prefix) {
        return switch (request.trust()) {
            case FORK -> List.of();
            case TRUSTED ->
                switch (request.ref()) {
                    case GitRef.Branch branch -> List.of(cacheOf(branch, prefix));
                    case GitRef.PullRequest pullRequest -> List.of(cacheOf(pullRequest, prefix));
                    case GitRef.Tag tag -> List.of();
                };
        };
    }

    private ImageReference cacheOf(GitRef ref, String prefix) {
        return name.tagged(new ImageTag("cache-" + prefix + Destination.tagOf(ref)));
    }

    /** The same scopes, at the agent inside the build. */
    private static List<ImageReference> served(List<ImageReference> references) {
        return references.stream()
                .map(reference -> new ImageName(
                                "127.0.0.1:" + Cache.Layout.PORT,
                                reference.name().path())
                        .tagged(reference.tag()))
                .toList();
    }

    /** The leaf stages, the target last. */
    private List<BuildStage> kept(Builder builder) {
        var leaves = new ArrayList<>(graph.leaves(builder));
        leaves.removeIf(stage -> stage.index() == graph.targetIndex());
        leaves.add(graph.target());
        return leaves;
    }

    private String targetOf(BuildStage stage) {
        return stage.index() == graph.targetIndex() ? target : stage.name();
    }

    /**
     * What names a stage's cache. By index: a stage's name may be longer than what is left of a tag, and a moved stage only misses once. In
     * front of the ref: behind it, stage 0 of the branch x would share a tag with the branch x-s0.
     */
    private static String prefix(BuildStage stage) {
        return "s" + stage.index() + "-";
    }

    private List<KeptStage<ImageReference>> images(List<BuildStage> stages) {
        return stages.stream()
                .map(stage -> new KeptStage<>(targetOf(stage), reads(prefix(stage)), writes(prefix(stage))))
                .toList();
    }

    private static List<String> files(String folder, String ending, List<ImageReference> references) {
        return references.stream()
                .map(reference -> folder + reference.name().path() + "/" + reference.tag() + ending)
                .toList();
    }
}
