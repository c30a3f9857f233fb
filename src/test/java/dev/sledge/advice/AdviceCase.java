package dev.sledge.advice;

import dev.sledge.dockerfile.BuildOptions;
import dev.sledge.dockerfile.Builder;
import dev.sledge.dockerfile.Charting;
import dev.sledge.dockerfile.Dockerfile;
import dev.sledge.dockerfile.DockerfileParser;
import dev.sledge.dockerfile.IgnoreFile;
import dev.sledge.dockerfile.IgnoreReading;
import dev.sledge.dockerfile.Parsing;
import dev.sledge.dockerfile.StageGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one case from its directory: {@code Dockerfile}, {@code tree.txt} with a path a line, and where they are there
 * {@code .dockerignore}, {@code history.txt} with the paths of a commit in each paragraph, and {@code options.txt} with
 * {@code classic}, {@code kept} or {@code target=NAME} a line.
 */
final class AdviceCase {
    private AdviceCase() {}

    static Review read(Path directory) throws IOException {
        var options = lines(directory.resolve("options.txt"));
        var dockerfile = dockerfile(Files.readString(directory.resolve("Dockerfile")));
        var target = options.stream()
                .filter(option -> option.startsWith("target="))
                .map(option -> option.substring("target=".length()))
                .findFirst();
        var build = target.map(BuildOptions.DEFAULT::withTarget).orElse(BuildOptions.DEFAULT);
        var ignore = directory.resolve(IgnoreFile.NAME);
        var graph = graph(dockerfile, build);
        return new Review(
                dockerfile,
                graph,
                Review.needed(graph),
                new BuildContext(
                        lines(directory.resolve("tree.txt")),
                        Files.exists(ignore) ? ignoreFile(Files.readAllBytes(ignore)) : IgnoreFile.NONE,
                        Files.exists(ignore) ? Optional.of(IgnoreFile.NAME) : Optional.empty(),
                        Optional.of("Dockerfile"),
                        true),
                history(directory.resolve("history.txt")),
                options.contains("classic") ? Builder.CLASSIC : Builder.BUILDKIT,
                options.contains("kept") ? Review.Mounts.KEPT : Review.Mounts.LOST);
    }

    static Dockerfile dockerfile(String text) {
        return switch (DockerfileParser.parse("Dockerfile", text)) {
            case Parsing.Parsed(var dockerfile, var warnings) -> dockerfile;
            case Parsing.Unparsable(var directives, var phase, var problems) -> throw new AssertionError(problems);
        };
    }

    static StageGraph graph(Dockerfile dockerfile, BuildOptions options) {
        return switch (StageGraph.of(dockerfile, options)) {
            case Charting.Charted(var graph, var warnings) -> graph;
            case Charting.Unbuildable(var phase, var graph, var problems) -> throw new AssertionError(problems);
            case Charting.Unresolved(var phase, var arguments, var problems) -> throw new AssertionError(problems);
        };
    }

    static IgnoreFile ignoreFile(byte[] content) {
        return switch (IgnoreFile.read(IgnoreFile.NAME, content)) {
            case IgnoreReading.Read(var file, var warnings) -> file;
            case IgnoreReading.Unreadable(var problems) -> throw new AssertionError(problems);
        };
    }

    /** A file that the builder of today builds, in the root of a repository of which no more is known. */
    static Review review(String text, BuildContext context) {
        var dockerfile = dockerfile(text);
        var graph = graph(dockerfile, BuildOptions.DEFAULT);
        return new Review(
                dockerfile,
                graph,
                Review.needed(graph),
                context,
                History.UNKNOWN,
                Builder.BUILDKIT,
                Review.Mounts.LOST);
    }

    /** The advice that is given on a file that is not too long for it. */
    static List<Finding> findings(Review review) {
        return switch (Advice.on(review)) {
            case Advice.Given(var findings) -> findings;
            case Advice.TooLong(var instructions) -> throw new AssertionError(instructions + " instructions");
        };
    }

    private static History history(Path file) throws IOException {
        var commits = new ArrayList<Set<String>>();
        if (Files.exists(file)) {
            for (var paragraph : Files.readString(file).strip().split("\n\n", -1)) {
                commits.add(Set.of(paragraph.strip().split("\n", -1)));
            }
        }
        return new History(commits);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .filter(line -> !line.isBlank())
                        .toList()
                : List.of();
    }
}
