package dev.sledge.cli;

import dev.sledge.advice.BuildContext;
import dev.sledge.advice.Severity;
import dev.sledge.dockerfile.IgnoreFile;
import dev.sledge.dockerfile.IgnoreReading;
import dev.sledge.problem.Problem;
import dev.sledge.settings.BuildSettings.Image;
import dev.sledge.source.SourceFile;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Finds out which files of a commit the images of {@code sledge.yml} may copy. */
final class ContextReader {
    private final Set<String> paths;
    private final Function<String, SourceFile> files;
    private final BiConsumer<List<Problem>, Severity> problems;

    /**
     * @param paths all files of the commit
     * @param files reads one of them
     * @param problems hears of what is wrong with ignore files
     */
    ContextReader(Set<String> paths, Function<String, SourceFile> files, BiConsumer<List<Problem>, Severity> problems) {
        this.paths = paths;
        this.files = files;
        this.problems = problems;
    }

    /** The files that this image may copy; empty if its ignore file cannot be read, which is then reported. */
    Optional<BuildContext> read(Image image) {
        var own = IgnoreFile.nameFor(image.dockerfile());
        var common = image.context().equals(".") ? IgnoreFile.NAME : image.context() + "/" + IgnoreFile.NAME;
        var ignorePath = paths.contains(own) ? own : common;
        var ignoreFile = IgnoreFile.NONE;
        boolean there = files.apply(ignorePath) instanceof SourceFile.Found;
        if (files.apply(ignorePath) instanceof SourceFile.Found found) {
            switch (IgnoreFile.read(ignorePath, found.content())) {
                case IgnoreReading.Read(var file, var warnings) -> {
                    problems.accept(warnings, Severity.WARNING);
                    ignoreFile = file;
                }
                case IgnoreReading.Unreadable(var faults) -> {
                    problems.accept(faults, Severity.ERROR);
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new BuildContext(
                relative(image, paths),
                ignoreFile,
                there ? Optional.of(ignorePath) : Optional.empty(),
                relative(image, Set.of(image.dockerfile())).stream().findFirst(),
                image.context().equals(".")));
    }

    /** Those of {@code paths} that lie in the image's context, as seen from there. */
    static List<String> relative(Image image, Collection<String> paths) {
        if (image.context().equals(".")) return List.copyOf(paths);
        var start = image.context() + "/";
        return paths.stream()
                .filter(path -> path.startsWith(start))
                .map(path -> path.substring(start.length()))
                .toList();
    }
}
