package dev.sledge.cli;

import dev.sledge.advice.Advice;
import dev.sledge.advice.Finding;
import dev.sledge.advice.History;
import dev.sledge.advice.Review;
import dev.sledge.advice.Severity;
import dev.sledge.dockerfile.BuildOptions;
import dev.sledge.dockerfile.Builder;
import dev.sledge.dockerfile.Charting;
import dev.sledge.dockerfile.Dockerfile;
import dev.sledge.dockerfile.DockerfileParser;
import dev.sledge.dockerfile.Parsing;
import dev.sledge.dockerfile.StageGraph;
import dev.sledge.event.CommitId;
import dev.sledge.image.Platform;
import dev.sledge.local.WorkTree;
import dev.sledge.plan.BuildPlanner;
import dev.sledge.problem.Problem;
import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.SourceLine;
import dev.sledge.settings.BuildSettings;
import dev.sledge.settings.BuildSettings.CacheChoice;
import dev.sledge.settings.BuildSettings.Image;
import dev.sledge.settings.BuildSettings.Target;
import dev.sledge.settings.SettingsReader;
import dev.sledge.settings.SettingsReading;
import dev.sledge.source.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at the Dockerfiles of one commit, each as {@code sledge.yml} has it built. */
final class Checkup {
    /** How many commits are looked at to see how often something would have run for nothing. */
    static final int COMMITS = 50;

    private final WorkTree tree;
    private final CommitId commit;
    private final Review.Mounts mounts;
    private final ContextReader contexts;
    private final List<Set<String>> changes;
    private final Set<Reported> problems = new LinkedHashSet<>();

    /** The images that can be looked at: what is asked of them, and their graphs. */
    private final List<Charted> images = new ArrayList<>();

    private record Charted(Image image, CacheChoice cache, Dockerfile dockerfile, StageGraph graph) {}

    Checkup(WorkTree tree, CommitId commit, Review.Mounts mounts) {
        this.tree = tree;
        this.commit = commit;
        this.mounts = mounts;
        this.contexts = new ContextReader(tree.paths(commit), this::read, this::add);
        this.changes = tree.changes(commit, COMMITS);
    }

    /** What is wrong: first all that keeps the builds from running, then what costs most. */
    List<Reported> report() {
        switch (settings()) {
            case SettingsReading.Unreadable(var faults) -> add(faults, Severity.ERROR);
            case SettingsReading.Read(var settings) ->
                settings.images().forEach(image -> check(image, settings.cache()));
        }
        // Before the problems are put in order: an ignore file that is read now may add one.
        var findings = images.stream()
                .map(this::review)
                .flatMap(Optional::stream)
                .flatMap(review -> Advice.on(review).stream())
                .sorted(Comparator.comparingDouble(Finding::cost).reversed())
                .map(Reported::of)
                .toList();
        var first = problems.stream().sorted(Comparator.comparing(Reported::severity));
        return Stream.concat(first, findings.stream()).distinct().toList();
    }

    private SettingsReading settings() {
        return switch (read(BuildPlanner.SETTINGS)) {
            case SourceFile.Missing() -> new SettingsReading.Read(BuildSettings.DEFAULT);
            case SourceFile.Found found -> SettingsReader.read(BuildPlanner.SETTINGS, found.text());
            case SourceFile.Unreadable(var why) ->
                new SettingsReading.Unreadable(List.of(new Problem(
                        Code.SETTINGS_SYNTAX, new SourceLine(BuildPlanner.SETTINGS, 0), "it cannot be read", why)));
        };
    }

    private void check(Image image, CacheChoice cache) {
        switch (read(image.dockerfile())) {
            case SourceFile.Missing() ->
                add(List.of(missing(image.dockerfile(), "the commit has no such file")), Severity.ERROR);
            case SourceFile.Unreadable(var why) -> add(List.of(missing(image.dockerfile(), why)), Severity.ERROR);
            case SourceFile.Found found -> {
                switch (DockerfileParser.parse(image.dockerfile(), found.content())) {
                    case Parsing.Unparsable unparsable -> add(unparsable.problems(), Severity.ERROR);
                    case Parsing.Parsed(var dockerfile, var warnings) -> {
                        add(warnings, Severity.WARNING);
                        check(image, cache, dockerfile);
                    }
                }
            }
        }
    }

    private void check(Image image, CacheChoice cache, Dockerfile dockerfile) {
        switch (StageGraph.of(dockerfile, options(image))) {
            case Charting.Unresolved unresolved -> add(unresolved.problems(), Severity.ERROR);
            case Charting.Unbuildable unbuildable -> add(unbuildable.problems(), Severity.ERROR);
            case Charting.Charted(var graph, var warnings) -> {
                add(warnings, Severity.WARNING);
                images.add(new Charted(image, cache, dockerfile, graph));
            }
        }
    }

    /** What advice is given on; empty if the ignore file cannot be read, which is then a problem. */
    private Optional<Review> review(Charted charted) {
        var needed = images.stream()
                .filter(other -> other.image.dockerfile().equals(charted.image.dockerfile()))
                .flatMap(other -> Review.needed(other.graph).stream())
                .collect(Collectors.toSet());
        var builder = charted.cache == CacheChoice.CLASSIC ? Builder.CLASSIC : Builder.BUILDKIT;
        return contexts.read(charted.image)
                .map(context -> new Review(
                        charted.dockerfile, charted.graph, needed, context, history(charted.image), builder, mounts));
    }

    private static BuildOptions options(Image image) {
        var target = switch (image.target()) {
            case Target.LastStage() -> "";
            case Target.Stage(var name) -> name;
        };
        return new BuildOptions(image.args(), target, Platform.LINUX_AMD64, Platform.LINUX_AMD64);
    }

    private History history(Image image) {
        return new History(changes.stream()
                .<Set<String>>map(changed -> Set.copyOf(ContextReader.relative(image, changed)))
                .toList());
    }

    private SourceFile read(String path) {
        return tree.read(tree.repository(), commit, path);
    }

    private static Problem missing(String path, String what) {
        return new Problem(
                Code.DOCKERFILE_MISSING,
                new SourceLine(path, 0),
                what,
                "commit a Dockerfile, or name yours in " + BuildPlanner.SETTINGS);
    }

    private void add(List<Problem> found, Severity severity) {
        found.forEach(problem -> problems.add(Reported.of(problem, severity)));
    }
}
