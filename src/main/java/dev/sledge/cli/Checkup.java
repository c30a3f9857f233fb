package dev.sledge.cli;

import dev.sledge.advice.Advice;
import dev.sledge.advice.Finding;
import dev.sledge.advice.History;
import dev.sledge.advice.Review;
import dev.sledge.advice.Severity;
import dev.sledge.dockerfile.Builder;
import dev.sledge.event.CommitId;
import dev.sledge.local.WorkTree;
import dev.sledge.plan.BuildFiles;
import dev.sledge.plan.BuildFiles.ImageFile;
import dev.sledge.plan.BuildFiles.ImageFile.Charted;
import dev.sledge.problem.Problem;
import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.SourceLine;
import dev.sledge.settings.BuildSettings;
import dev.sledge.settings.BuildSettings.CacheChoice;
import dev.sledge.settings.BuildSettings.Image;
import dev.sledge.settings.BuildSettings.MountChoice;
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

    Checkup(WorkTree tree, CommitId commit, Review.Mounts mounts) {
        this.tree = tree;
        this.commit = commit;
        this.mounts = mounts;
        this.contexts = new ContextReader(tree.paths(commit), this::read, this::add);
        this.changes = tree.changes(commit, COMMITS);
    }

    /** What is wrong: first all that keeps the builds from running, then what costs most. */
    List<Reported> report() {
        // Before the problems are put in order: what is read on the way may add some.
        var findings = findings(BuildFiles.read(this::read, LocalPush.platform())).stream()
                .sorted(Comparator.comparingDouble(Finding::cost).reversed())
                .map(Reported::of)
                .toList();
        var first = problems.stream().sorted(Comparator.comparing(Reported::severity));
        return Stream.concat(first, findings.stream()).distinct().toList();
    }

    private List<Finding> findings(BuildFiles files) {
        return switch (files) {
            case BuildFiles.Unreadable(var faults) -> {
                add(faults, Severity.ERROR);
                yield List.of();
            }
            case BuildFiles.Read(var settings, var images) -> {
                var charted = charted(images);
                yield charted.stream()
                        .map(file -> review(file, charted, settings))
                        .flatMap(Optional::stream)
                        .flatMap(review -> advice(review).stream())
                        .toList();
            }
        };
    }

    private List<Charted> charted(List<ImageFile> images) {
        var charted = new ArrayList<Charted>();
        for (var image : images) {
            add(image.warnings(), Severity.WARNING);
            switch (image) {
                case ImageFile.Faulty faulty -> add(faulty.problems(), Severity.ERROR);
                case Charted readable -> charted.add(readable);
            }
        }
        return charted;
    }

    /** What advice is given on; empty if the ignore file cannot be read, which is then a problem. */
    private Optional<Review> review(Charted file, List<Charted> all, BuildSettings settings) {
        var image = file.image();
        var needed = all.stream()
                .filter(other -> other.image().dockerfile().equals(image.dockerfile()))
                .flatMap(other -> Review.needed(other.graph()).stream())
                .collect(Collectors.toSet());
        var kept = settings.mounts() == MountChoice.KEEP ? Review.Mounts.KEPT : mounts;
        var builder = settings.cache() == CacheChoice.CLASSIC ? Builder.CLASSIC : Builder.BUILDKIT;
        return contexts.read(image)
                .map(context ->
                        new Review(file.dockerfile(), file.graph(), needed, context, history(image), builder, kept));
    }

    private List<Finding> advice(Review review) {
        return switch (Advice.on(review)) {
            case Advice.Given(var findings) -> findings;
            case Advice.TooLong(var instructions) -> {
                add(List.of(tooLong(review.dockerfile().file(), instructions)), Severity.INFO);
                yield List.of();
            }
        };
    }

    private static Problem tooLong(String file, int instructions) {
        return new Problem(
                Code.NOT_SUPPORTED,
                new SourceLine(file, 0),
                "it has " + instructions + " instructions, and advice is given on " + Advice.MOST_INSTRUCTIONS
                        + " at most",
                "check its stages in files of their own");
    }

    private History history(Image image) {
        return new History(changes.stream()
                .<Set<String>>map(changed -> Set.copyOf(ContextReader.relative(image, changed)))
                .toList());
    }

    private SourceFile read(String path) {
        return tree.read(tree.repository(), commit, path);
    }

    private void add(List<Problem> found, Severity severity) {
        found.forEach(problem -> problems.add(Reported.of(problem, severity)));
    }
}
