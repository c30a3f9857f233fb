package dev.sledge.cli;

import dev.sledge.build.BuildRecord;
import dev.sledge.build.Heads;
import dev.sledge.build.PlanJson;
import dev.sledge.build.Repetitions;
import dev.sledge.build.ResultFolder;
import dev.sledge.build.StartToken;
import dev.sledge.image.ImageName;
import dev.sledge.image.ImageReference;
import dev.sledge.local.LocalServices;
import dev.sledge.local.WorkTree;
import dev.sledge.pipeline.BuildFinished;
import dev.sledge.pipeline.BuildStatuses;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.Cache;
import dev.sledge.registry.OciRegistry;
import dev.sledge.render.BuildspecRenderer;
import dev.sledge.render.RenderedBuild;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The build of what is committed, as the repository's own settings say or with another cache.
 *
 * @param cache instead of the planned one
 */
record PlannedBuild(LocalServices services, TestRepository repository, UnaryOperator<Cache> cache) {
    static PlannedBuild of(LocalServices services, TestRepository repository) {
        return new PlannedBuild(services, repository, planned -> planned);
    }

    PlannedBuild with(UnaryOperator<Cache> other) {
        return new PlannedBuild(services, repository, other);
    }

    /** The same with its cache, which is in the registry, in another one. */
    PlannedBuild cachedAt(String registry) {
        return with(planned -> switch (planned) {
            case Cache.Registry(var from, var to) -> new Cache.Registry(moved(from, registry), moved(to, registry));
            case Cache other -> throw new IllegalStateException(other + " is not in the registry");
        });
    }

    private static List<ImageReference> moved(List<ImageReference> references, String registry) {
        return references.stream()
                .map(reference -> new ImageName(registry, reference.name().path()).tagged(reference.tag()))
                .toList();
    }

    /** The image that a build pushed, by its digest. */
    static String pinned(BuildRecord record) {
        return record.plan().output().image().at(record.image().getFirst().digest());
    }

    BuildPlan plan() {
        try (var tree = WorkTree.open(repository.directory())) {
            return plan(tree);
        }
    }

    private BuildPlan plan(WorkTree tree) {
        var plan = LocalPush.of(services, tree).plan(repository.push(tree));
        return new BuildPlan(
                plan.source(),
                plan.output(),
                plan.recipe(),
                plan.stages(),
                plan.images(),
                cache.apply(plan.cache()),
                plan.decision(),
                plan.mounts(),
                plan.experience(),
                plan.timeout());
    }

    BuildRecord run() {
        return run(buildspec -> buildspec);
    }

    /** Builds with something in the way. */
    BuildRecord run(UnaryOperator<String> buildspec) {
        // Its commits are served as long as it is open.
        try (var tree = WorkTree.open(repository.directory())) {
            return run(plan(tree), buildspec);
        }
    }

    private BuildRecord run(BuildPlan plan, UnaryOperator<String> buildspec) {
        var rendered = BuildspecRenderer.render(plan, services.bucket().root() + "/" + ResultFolder.UPLOADS);
        var asked = new RenderedBuild(buildspec.apply(rendered.buildspec()), rendered.environment());
        var started = services.builds()
                .start(plan, asked, new StartToken(UUID.randomUUID().toString()));
        var folder = ResultFolder.of(plan, started);
        services.bucket()
                .results()
                .put(folder, "plan.json", PlanJson.write(plan).getBytes(StandardCharsets.UTF_8));
        var source = plan.source();
        new Heads(services.bucket().shared()).set(source.repository(), source.ref(), source.commit());
        var finished = services.builds().await(started, plan);
        return new BuildFinished(
                        services.bucket(), new OciRegistry("http"), BuildStatuses.toNobody(), Repetitions.none())
                .handle(folder, finished);
    }
}
