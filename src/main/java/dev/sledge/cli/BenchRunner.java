package dev.sledge.cli;

import dev.sledge.build.BuildRecord.Outcome;
import dev.sledge.build.FinishedBuild;
import dev.sledge.build.FinishedBuild.Status;
import dev.sledge.build.FrozenReport;
import dev.sledge.build.ResultFolder;
import dev.sledge.build.StartToken;
import dev.sledge.cli.ProjectRepository.Change;
import dev.sledge.event.GitRef;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.local.LastingBuilds;
import dev.sledge.local.LocalServiceException;
import dev.sledge.local.LocalServices;
import dev.sledge.local.WorkTree;
import dev.sledge.plan.BuildPlan;
import dev.sledge.render.BuildspecRenderer;
import dev.sledge.render.RenderedBuild;
import dev.sledge.settings.BuildSettings.CacheChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One way to build, with a repository of its own that all changes are made in. What is timed is from the start of the engine until the image
 * is in the registry; the container's own start is left out, and so is what a build does after its image is there.
 */
final class BenchRunner implements BenchRounds.Builder, AutoCloseable {
    private static final List<String> TIMED = List.of("INSTALL", "PRE_BUILD", "BUILD");

    private final BenchWay way;
    private final LocalServices services;
    private final ProjectRepository repository;
    private final BenchBase base;
    private @Nullable LastingBuilds lasting;

    BenchRunner(BenchWay way, BenchProject project, LocalServices services, Path directory, BenchBase base) {
        this.way = way;
        this.services = services;
        this.base = base;
        // Of a name that nothing is cached for yet.
        var name = way.label() + "-" + UUID.randomUUID();
        this.repository = ProjectRepository.create(
                project, directory.resolve(project.name()).resolve(way.label()), "bench/" + name);
    }

    @Override
    public BenchWay way() {
        return way;
    }

    /**
     * One build.
     *
     * @param frozen what it needed of a frozen engine, and what leaving one took
     */
    record Run(Duration took, FrozenReport frozen) {}

    @Override
    public Run run(Change change, int number) {
        repository.commitAnother(change, number, base::of);
        try (var tree = WorkTree.open(repository.directory())) {
            return switch (way) {
                case BenchWay.Kind(var cache) -> pushed(tree, cache, Map.of());
                case BenchWay.FrozenWhole() ->
                    pushed(tree, CacheChoice.FROZEN, Map.of("SLEDGE_FROZEN_WAY", "whole-kernel"));
                case BenchWay.Without(var label) ->
                    new Run(without(LocalPush.of(services, tree).plan(push(tree))), FrozenReport.none());
                case BenchWay.Persistent() ->
                    new Run(persistent(LocalPush.of(services, tree).plan(push(tree))), FrozenReport.none());
            };
        }
    }

    private Run pushed(WorkTree tree, CacheChoice cache, Map<String, String> told) {
        var events = LocalDelivery.of(push(tree)).takeIn(tree.repository()).events();
        var pushing = LocalPush.of(services, tree, new ToldBuilds(services.builds(), plan -> told))
                .handle(events.getFirst(), Optional.of(cache));
        if (pushing.records().size() != 1) {
            throw new UserErrorException("a push of one image is measured, and this one came to: " + pushing.outcome());
        }
        var record = pushing.records().getFirst();
        if (!(record.outcome() instanceof Outcome.Succeeded)) {
            throw new LocalServiceException(way.label() + ": " + record.outcome());
        }
        // Else later runs would be cold, and be taken for slow.
        if (!record.cacheFaults().isEmpty()) {
            throw new LocalServiceException(
                    way.label() + ": " + record.cacheFaults().getFirst());
        }
        return new Run(timed(record.finished()), record.cache().frozen());
    }

    private static Pushed push(WorkTree tree) {
        var main = new GitRef.Branch("main");
        return new Pushed(
                tree.repository(),
                main,
                new Before.Nothing(),
                tree.commit("refs/heads/main").orElseThrow(),
                main);
    }

    private Duration without(BuildPlan plan) {
        var started = services.builds()
                .start(plan, rendered(plan), new StartToken(UUID.randomUUID().toString()));
        var finished = services.builds().await(started, plan);
        if (finished.status() != Status.SUCCEEDED) {
            throw new LocalServiceException(
                    way.label() + ": " + finished.phases().getLast().message());
        }
        return timed(finished);
    }

    private Duration persistent(BuildPlan plan) {
        if (lasting == null) {
            lasting = services.builds().lasting(plan);
        }
        return lasting.run(rendered(plan));
    }

    /** The way's own buildspec, with what every build is told. */
    private RenderedBuild rendered(BuildPlan plan) {
        var file = "/infra/local/bench/" + way.label() + ".yml";
        try (var resource = BenchRunner.class.getResourceAsStream(file)) {
            if (resource == null) {
                throw new IllegalStateException("the jar lacks " + file);
            }
            var buildspec = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            return new RenderedBuild(
                    buildspec,
                    BuildspecRenderer.render(plan, services.bucket().root() + "/" + ResultFolder.UPLOADS)
                            .environment());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration timed(FinishedBuild build) {
        return build.phases().stream()
                .filter(phase -> TIMED.contains(phase.name()))
                .map(FinishedBuild.Phase::took)
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() {
        if (lasting != null) {
            lasting.close();
        }
    }
}
