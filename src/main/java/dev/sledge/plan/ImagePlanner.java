package dev.sledge.plan;

import dev.sledge.dockerfile.BaseImage;
import dev.sledge.dockerfile.BuildStage;
import dev.sledge.dockerfile.Builder;
import dev.sledge.dockerfile.Dockerfile;
import dev.sledge.dockerfile.Edge;
import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.StageGraph;
import dev.sledge.image.ImageTag;
import dev.sledge.problem.Problem;
import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.SourceLine;
import dev.sledge.settings.BuildSettings;
import dev.sledge.settings.BuildSettings.CacheChoice;
import dev.sledge.settings.BuildSettings.MountChoice;
import dev.sledge.settings.BuildSettings.Target;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plans one image of a request, its stages known. */
record ImagePlanner(
        Destination destination,
        PastBuilds past,
        BuildRequest request,
        URI remote,
        BuildSettings.Image image,
        Dockerfile dockerfile,
        StageGraph graph,
        MountChoice mounts) {

    /** What came of it. */
    sealed interface Outcome {
        record Planned(BuildPlan plan) implements Outcome {}

        /** The Dockerfile cannot be built in the way that is asked for. */
        record Refused(List<Problem> problems) implements Outcome {}
    }

    Outcome plan(CacheChoice choice) {
        if (image.target() instanceof Target.Stage(var name)
                && graph.target().name().isEmpty()
                && !isLast()) {
            return new Outcome.Refused(List.of(new Problem(
                    Code.UNKNOWN_TARGET,
                    new SourceLine(
                            dockerfile.file(), graph.target().written().lines().first()),
                    "the target " + Problem.quote(name) + " has no name, which is all that a builder finds it by",
                    "add a name, as in FROM … AS stage" + graph.targetIndex() + ", and use that as target")));
        }
        var caches = caches();
        return switch (choice) {
            case AUTO -> chosen(caches);
            case FROZEN -> planned(caches.frozen());
            case REGISTRY -> planned(caches.registry());
            case LAYOUT -> planned(caches.layout());
            case INLINE -> keptByStage(caches.inline());
            case TARBALL -> planned(caches.tarball());
            case HOST -> planned(new Cache.Host());
            case NONE -> planned(new Cache.None());
            case CLASSIC -> {
                var problems = classicLimits();
                yield problems.isEmpty() ? planned(caches.classic()) : new Outcome.Refused(problems);
            }
        };
    }

    private CachePlanner caches() {
        return new CachePlanner(destination.cache(request.repository(), image.name()), request, graph, target());
    }

    private Outcome chosen(CachePlanner caches) {
        var chooser = new CacheChooser(past.caches());
        var limits = new CacheChooser.Limits(
                unnamed().isEmpty(), classicLimits().stream().findFirst().map(Problem::what));
        var selection = new CacheSelection(graph, caches, chooser, limits).selected();
        return planned(selection.cache(), selection.decision());
    }

    private List<Problem> classicLimits() {
        return new ClassicBuilderLimits(dockerfile.file(), image.args(), graph).problems();
    }

    /** A stage is kept by building it as a target, and a builder finds a target by its name alone. */
    private Outcome keptByStage(Cache cache) {
        var unnamed = unnamed().stream()
                .map(stage -> new Problem(
                        Code.UNKNOWN_TARGET,
                        new SourceLine(
                                dockerfile.file(), stage.written().lines().first()),
                        "this stage has no name, and this kind of cache keeps each stage by its name",
                        "add a name, as in FROM … AS stage" + stage.index()))
                .toList();
        return unnamed.isEmpty() ? planned(cache) : new Outcome.Refused(unnamed);
    }

    private List<BuildStage> unnamed() {
        return graph.leaves(Builder.BUILDKIT).stream()
                .filter(stage -> stage.index() != graph.targetIndex())
                .filter(stage -> stage.name().isEmpty())
                .toList();
    }

    private Outcome planned(Cache cache) {
        return planned(cache, CacheDecision.asked());
    }

    private Outcome planned(Cache cache, CacheDecision decision) {
        var built = BuildPlanner.built(
                graph,
                switch (cache) {
                    case Cache.OfBuildKit buildKit -> Builder.BUILDKIT;
                    case Cache.Classic classic -> Builder.CLASSIC;
                });
        var name = destination.image(request.repository(), image.name());
        var plan = new BuildPlan(
                new BuildPlan.Source(request.repository(), request.ref(), request.commit(), remote, request.trust()),
                new BuildPlan.Output(name, ImageTag.ofCommit(request.commit().hex()), Destination.tagOf(request.ref())),
                new Recipe(image.dockerfile(), image.context(), target(), image.args()),
                built.stream().map(this::stage).toList(),
                images(built),
                cache,
                decision,
                mounts(cache),
                past.experience(),
                BuildTimeout.ONE_HOUR);
        return new Outcome.Planned(plan);
    }

    /** The classic builder has none, and an engine that goes on, here or elsewhere, keeps its own. */
    private CacheMounts mounts(Cache cache) {
        return switch (mounts) {
            case DROP -> CacheMounts.none();
            case KEEP ->
                cache instanceof Cache.Host || cache instanceof Cache.Frozen || cache instanceof Cache.Classic
                        ? CacheMounts.none()
                        : caches().mounts();
        };
    }

    private boolean isLast() {
        return graph.targetIndex() == graph.stages().size() - 1;
    }

    private String target() {
        return switch (image.target()) {
            case Target.LastStage() -> "";
            case Target.Stage stage -> graph.target().name();
        };
    }

    private PlannedStage stage(BuildStage stage) {
        var steps = graph.steps(stage.index()).stream()
                .filter(step -> !(step.instruction() instanceof Instruction.From))
                .map(step -> new PlannedStage.Step(
                        step.number(),
                        step.label(),
                        step.lines().first(),
                        step.lines().last(),
                        step.instruction().source()))
                .toList();
        return new PlannedStage(stage.index(), stage.written().label(), steps);
    }

    private List<PlannedImage> images(List<BuildStage> built) {
        var images = new TreeMap<String, PlannedImage>();
        for (var stage : built) {
            if (stage.base() instanceof BaseImage.Named(var reference)) {
                add(images, reference, stage.written().lines().first());
            }
        }
        var indexes = built.stream().map(BuildStage::index).toList();
        for (var edge : graph.edges()) {
            var outside = edge.toStage() == Edge.IMAGE && !edge.from().equals("scratch");
            if (outside && indexes.contains(edge.stage())) {
                add(images, edge.from(), edge.line());
            }
        }
        return images.values().stream()
                .sorted(Comparator.comparingInt(PlannedImage::line))
                .toList();
    }

    private void add(Map<String, PlannedImage> images, String reference, int line) {
        var image = new PlannedImage(reference, line, graph.stageLike(reference).orElse(""));
        images.merge(reference, image, (one, other) -> one.line() <= other.line() ? one : other);
    }
}
