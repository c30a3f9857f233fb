package dev.sledge.plan;

import dev.sledge.dockerfile.BuildStage;
import dev.sledge.dockerfile.Builder;
import dev.sledge.dockerfile.StageGraph;
import dev.sledge.event.GitRef;
import dev.sledge.image.ImageName;
import dev.sledge.image.Platform;
import dev.sledge.plan.BuildFiles.ImageFile;
import dev.sledge.problem.Problem;
import dev.sledge.settings.BuildSettings;
import dev.sledge.settings.BuildSettings.CacheChoice;
import dev.sledge.settings.BuildSettings.MountChoice;
import dev.sledge.settings.SettingsReading;
import dev.sledge.settings.Triggers;
import dev.sledge.settings.Triggers.PullRequests;
import dev.sledge.source.SourceFile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Turns a request into one plan for each image, or says what is wrong with the files that should tell. */
public final class BuildPlanner {
    private final Destination destination;
    private final Platform platform;
    private final Function<ImageName, PastBuilds> past;

    /**
     * @param platform that builds run on and images are for
     * @param past what is known of the builds of an image
     */
    public BuildPlanner(Destination destination, Platform platform, Function<ImageName, PastBuilds> past) {
        this.destination = destination;
        this.platform = platform;
        this.past = past;
    }

    /**
     * Plans a request.
     *
     * @param remote where builds fetch the repository
     * @param override the kind of cache to use whatever the settings say
     * @param files reads a file of the pushed commit by its path from the root
     */
    public Planning plan(
            BuildRequest request, URI remote, Optional<CacheChoice> override, Function<String, SourceFile> files) {
        return switch (BuildFiles.read(files, platform)) {
            case BuildFiles.Unreadable(var problems) -> new Planning.Unplannable(problems);
            case BuildFiles.Read(var settings, var images) ->
                skipped(settings, request)
                        .orElseGet(() ->
                                plan(request, remote, override.orElse(settings.cache()), settings.mounts(), images));
        };
    }

    /**
     * Plans the change of a fork. Whether it is built at all is said by the repository that is asked to take it: the fork's own settings
     * could say anything.
     *
     * @param files reads a file of the change's commit
     * @param ours reads a file of the repository's default branch
     */
    public Planning planFork(
            BuildRequest request,
            URI remote,
            Optional<CacheChoice> override,
            Function<String, SourceFile> files,
            Function<String, SourceFile> ours) {
        return switch (BuildFiles.settings(ours)) {
            case SettingsReading.Unreadable(var problems) -> new Planning.Unplannable(problems);
            case SettingsReading.Read(var said) ->
                skipped(said, request).orElseGet(() -> switch (BuildFiles.read(files, platform)) {
                    case BuildFiles.Unreadable(var problems) -> new Planning.Unplannable(problems);
                    case BuildFiles.Read(var settings, var images) ->
                        plan(request, remote, override.orElse(settings.cache()), settings.mounts(), images);
                });
        };
    }

    private static Optional<Planning> skipped(BuildSettings settings, BuildRequest request) {
        return refusal(settings.on(), request).map(Planning.Skipped::new);
    }

    private static Optional<String> refusal(Triggers on, BuildRequest request) {
        var ref = request.ref();
        var asked = switch (ref) {
            case GitRef.Branch(var name) -> on.branch(name);
            case GitRef.Tag(var name) -> on.tag(name);
            case GitRef.PullRequest pullRequest -> isAsked(on.pullRequests(), request.trust());
        };
        if (asked) {
            return Optional.empty();
        }
        return Optional.of(
                switch (request.trust()) {
                    case TRUSTED ->
                        BuildFiles.SETTINGS + " does not ask for " + ref.full()
                                + "; name it under on: to have it built";
                    case FORK ->
                        "the change of pull request " + ref.name() + " comes from a fork, and " + BuildFiles.SETTINGS
                                + " of the default branch does not ask for those; write pull_requests: all under on:";
                });
    }

    private static boolean isAsked(PullRequests pullRequests, Trust trust) {
        return switch (pullRequests) {
            case NONE -> false;
            case SAME_REPOSITORY -> trust == Trust.TRUSTED;
            case ALL -> true;
        };
    }

    private Planning plan(
            BuildRequest request, URI remote, CacheChoice cache, MountChoice mounts, List<ImageFile> images) {
        var plans = new ArrayList<BuildPlan>();
        var warnings = new ArrayList<Problem>();
        var problems = new ArrayList<Problem>();
        for (var file : images) {
            warnings.addAll(file.warnings());
            switch (file) {
                case ImageFile.Faulty faulty -> problems.addAll(faulty.problems());
                case ImageFile.Charted(var image, var dockerfile, var graph, var notes) -> {
                    var known = past.apply(destination.image(request.repository(), image.name()));
                    switch (new ImagePlanner(destination, known, request, remote, image, dockerfile, graph, mounts)
                            .plan(cache)) {
                        case ImagePlanner.Outcome.Refused(var faults) -> problems.addAll(faults);
                        case ImagePlanner.Outcome.Planned(var plan) -> plans.add(plan);
                    }
                }
            }
        }
        return problems.isEmpty() ? new Planning.Planned(plans, warnings) : new Planning.Unplannable(problems);
    }

    /** The stages that a builder goes through on its way to the target. */
    static List<BuildStage> built(StageGraph graph, Builder builder) {
        return switch (builder) {
            case BUILDKIT -> graph.reachable(graph.targetIndex());
            case CLASSIC -> graph.stages().subList(0, graph.targetIndex() + 1);
        };
    }
}
