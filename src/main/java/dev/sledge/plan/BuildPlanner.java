package dev.sledge.plan;

import dev.sledge.dockerfile.BuildOptions;
import dev.sledge.dockerfile.BuildStage;
import dev.sledge.dockerfile.Builder;
import dev.sledge.dockerfile.Charting;
import dev.sledge.dockerfile.Dockerfile;
import dev.sledge.dockerfile.DockerfileParser;
import dev.sledge.dockerfile.Parsing;
import dev.sledge.dockerfile.StageGraph;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.image.Platform;
import dev.sledge.problem.Problem;
import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.SourceLine;
import dev.sledge.settings.BuildSettings;
import dev.sledge.settings.BuildSettings.CacheChoice;
import dev.sledge.settings.BuildSettings.Target;
import dev.sledge.settings.SettingsReader;
import dev.sledge.settings.SettingsReading;
import dev.sledge.source.SourceFile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Turns a push into one plan for each image, or says what is wrong with the files that should tell. */
public final class BuildPlanner {
    /** Where a repository's settings lie, relative to its root. */
    public static final String SETTINGS = "sledge.yml";

    private final Destination destination;
    private final Platform platform;

    /** @param platform that builds run on and images are for */
    public BuildPlanner(Destination destination, Platform platform) {
        this.destination = destination;
        this.platform = platform;
    }

    /**
     * Plans a push.
     *
     * @param remote where builds fetch the repository
     * @param override the kind of cache to use whatever the settings say
     * @param files reads a file of the pushed commit by its path from the root
     */
    public Planning plan(Pushed push, URI remote, Optional<CacheChoice> override, Function<String, SourceFile> files) {
        return switch (settings(files.apply(SETTINGS))) {
            case SettingsReading.Unreadable(var problems) -> new Planning.Unplannable(problems);
            case SettingsReading.Read(var settings) ->
                plan(push, remote, override.map(settings::withCache).orElse(settings), files);
        };
    }

    private static SettingsReading settings(SourceFile file) {
        return switch (file) {
            case SourceFile.Missing() -> new SettingsReading.Read(BuildSettings.DEFAULT);
            case SourceFile.Found found -> SettingsReader.read(SETTINGS, found.text());
            case SourceFile.Unreadable(var why) ->
                new SettingsReading.Unreadable(List.of(
                        new Problem(Code.SETTINGS_SYNTAX, new SourceLine(SETTINGS, 0), "it cannot be read", why)));
        };
    }

    private Planning plan(Pushed push, URI remote, BuildSettings settings, Function<String, SourceFile> files) {
        var plans = new ArrayList<BuildPlan>();
        var warnings = new ArrayList<Problem>();
        var problems = new ArrayList<Problem>();
        for (var image : settings.images()) {
            switch (read(image, files.apply(image.dockerfile()))) {
                case Reading.Unreadable(var faults) -> problems.addAll(faults);
                case Reading.Read(var dockerfile, var graph, var notes) -> {
                    warnings.addAll(notes);
                    var planner = new ImagePlanner(destination, push, remote, image, dockerfile, graph);
                    switch (planner.plan(settings.cache())) {
                        case Planning.Unplannable(var faults) -> problems.addAll(faults);
                        case Planning.Planned(var planned, var more) -> {
                            plans.addAll(planned);
                            more.stream()
                                    .filter(warning -> notes.stream().noneMatch(note -> isSame(note, warning)))
                                    .forEach(warnings::add);
                        }
                    }
                }
            }
        }
        return problems.isEmpty() ? new Planning.Planned(plans, warnings) : new Planning.Unplannable(problems);
    }

    /** Whether two warnings are about one thing, such as a mistyped stage that the Dockerfile's reader has seen already. */
    private static boolean isSame(Problem one, Problem other) {
        return one.code() == other.code() && one.where().equals(other.where());
    }

    /** What came of reading one image's Dockerfile. */
    private sealed interface Reading {
        record Read(Dockerfile dockerfile, StageGraph graph, List<Problem> warnings) implements Reading {}

        record Unreadable(List<Problem> problems) implements Reading {}
    }

    private Reading read(BuildSettings.Image image, SourceFile file) {
        var path = image.dockerfile();
        return switch (file) {
            case SourceFile.Found found -> parse(image, DockerfileParser.parse(path, found.content()));
            case SourceFile.Missing() ->
                unreadable(path, "the commit has no such file", "commit a Dockerfile, or name yours in " + SETTINGS);
            case SourceFile.Unreadable(var why) -> unreadable(path, "this is no file to build from", why);
        };
    }

    private static Reading unreadable(String path, String what, String fix) {
        return new Reading.Unreadable(
                List.of(new Problem(Code.DOCKERFILE_MISSING, new SourceLine(path, 0), what, fix)));
    }

    private Reading parse(BuildSettings.Image image, Parsing parsing) {
        return switch (parsing) {
            case Parsing.Unparsable unparsable -> new Reading.Unreadable(unparsable.problems());
            case Parsing.Parsed(var dockerfile, var warnings) ->
                switch (StageGraph.of(dockerfile, options(image))) {
                    case Charting.Unresolved unresolved -> new Reading.Unreadable(unresolved.problems());
                    case Charting.Unbuildable unbuildable -> new Reading.Unreadable(unbuildable.problems());
                    case Charting.Charted(var graph, var more) -> {
                        var all = new ArrayList<>(warnings);
                        all.addAll(more);
                        yield new Reading.Read(dockerfile, graph, all);
                    }
                };
        };
    }

    private BuildOptions options(BuildSettings.Image image) {
        var target = switch (image.target()) {
            case Target.LastStage() -> "";
            case Target.Stage(var name) -> name;
        };
        return new BuildOptions(image.args(), target, platform, platform);
    }

    /** The stages that a builder goes through on its way to the target. */
    static List<BuildStage> built(StageGraph graph, Builder builder) {
        return switch (builder) {
            case BUILDKIT -> graph.reachable(graph.targetIndex());
            case CLASSIC -> graph.stages().subList(0, graph.targetIndex() + 1);
        };
    }
}
