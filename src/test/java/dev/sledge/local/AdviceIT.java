package dev.sledge.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.advice.Advice;
import dev.sledge.advice.BuildContext;
import dev.sledge.advice.Finding;
import dev.sledge.advice.History;
import dev.sledge.advice.Review;
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
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small projects with a mistake, before a real builder and with real package managers: the step that the advice is about
 * runs again on the second push; with the lines that the advice gives in its place it comes from the cache.
 *
 * <p>A case is a directory: a {@code Dockerfile}, its {@code context}, and in {@code case.properties} the {@code rule}, the
 * {@code source} file that the second push changes (none where it is another clone of the same commit), and parts of the
 * steps: {@code rerun} before and {@code fixed} after.
 */
class AdviceIT {
    private static final Path CASES = Path.of("src/test/resources/advice-builds");
    private static final String BASE = "debian:trixie-slim";

    @TempDir
    Path directory;

    private record Case(Path directory, String rule, String source, String rerun, String fixed) {
        static Case read(Path directory) {
            var properties = new Properties();
            try (var reader = Files.newBufferedReader(directory.resolve("case.properties"))) {
                properties.load(reader);
                return new Case(
                        directory,
                        properties.getProperty("rule", ""),
                        properties.getProperty("source", ""),
                        properties.getProperty("rerun", ""),
                        properties.getProperty("fixed", ""));
            } catch (IOException e) {
                throw new AssertionError(directory + " is no case", e);
            }
        }

        String name() {
            return directory.getFileName().toString();
        }

        String dockerfile() throws IOException {
            return Files.readString(directory.resolve("Dockerfile"));
        }

        boolean isOfClones() {
            return source.isEmpty();
        }
    }

    private static List<Case> cases() throws IOException {
        try (Stream<Path> directories = Files.list(CASES)) {
            return directories.sorted().map(Case::read).toList();
        }
    }

    @Test
    void whatTheAdviceSaysMakesTheCostGoAway() throws Exception {
        for (var each : cases()) lay(each);
        BuildBox.run(directory, List.of(BASE), """
                for way in /cases/*/bad /cases/*/good; do
                  for push in first second; do
                    docker buildx build --progress plain --build-arg "GIT_SHA=$push" --file "$way/Dockerfile" \
                      "$way/$push" > "$way/$push.log" 2>&1 || echo "FAILED" >> "$way/$push.log"
                  done
                done
                """);
        for (var each : cases()) {
            var root = directory.resolve(each.name());
            assertThat(isCached(root.resolve("bad"), each.rerun))
                    .as("%s, as it was", each.name())
                    .isFalse();
            assertThat(isCached(root.resolve("good"), each.fixed))
                    .as("%s, as the advice has it", each.name())
                    .isTrue();
        }
    }

    /** Both pushes of a case, once as it is and once with the fix pasted. */
    private void lay(Case each) throws IOException, InterruptedException {
        var finding = finding(each);
        for (var way : List.of("bad", "good")) {
            var root = Files.createDirectories(directory.resolve(each.name()).resolve(way));
            boolean good = way.equals("good");
            Files.writeString(root.resolve("Dockerfile"), good ? pasted(each, finding) : each.dockerfile());
            for (var push : List.of("first", "second")) {
                if (!each.isOfClones()) copy(each.directory.resolve("context"), root.resolve(push));
            }
            if (each.isOfClones()) {
                clones(each, root, good ? finding.fix() : "");
            } else {
                var source = root.resolve("second").resolve(each.source);
                Files.writeString(source, Files.readString(source).replace('1', '2'));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
    }

    /** Two clones of one commit. */
    private static void clones(Case each, Path root, String ignore) throws IOException, InterruptedException {
        var origin = root.resolve("origin");
        copy(each.directory.resolve("context"), origin);
        Files.writeString(origin.resolve(IgnoreFile.NAME), ignore);
        git(origin, "init", "--quiet");
        git(origin, "add", "--all");
        git(origin, "-c", "user.name=Test", "-c", "user.email=test@sledge.invalid", "commit", "--quiet", "-m", "x");
        for (var push : List.of("first", "second")) {
            git(root, "clone", "--quiet", "--no-hardlinks", origin.toString(), push);
        }
    }

    private static void git(Path directory, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static Finding finding(Case each) throws IOException {
        var paths = new ArrayList<String>();
        var root = each.directory.resolve("context");
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> paths.add(root.relativize(file).toString()));
        }
        var ignore = each.isOfClones() ? "" : ".git\n";
        var file = (IgnoreReading.Read) IgnoreFile.read(IgnoreFile.NAME, ignore.getBytes(UTF_8));
        var context = new BuildContext(paths, file.file(), Optional.empty(), Optional.empty(), true);
        var dockerfile = dockerfile(each.dockerfile());
        var graph = ((Charting.Charted) StageGraph.of(dockerfile, BuildOptions.DEFAULT)).graph();
        var review = new Review(
                dockerfile,
                graph,
                Review.needed(graph),
                context,
                History.UNKNOWN,
                Builder.BUILDKIT,
                Review.Mounts.LOST);
        return Advice.on(review).stream()
                .filter(finding -> finding.rule().equals(each.rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError(each.name() + ": " + Advice.on(review)));
    }

    private static Dockerfile dockerfile(String text) {
        return ((Parsing.Parsed) DockerfileParser.parse("Dockerfile", text)).dockerfile();
    }

    /** The Dockerfile as someone mends it who reads the finding: nothing is written here that the fix does not say. */
    private static String pasted(Case each, Finding finding) throws IOException {
        var lines = new ArrayList<>(each.dockerfile().lines().toList());
        switch (each.rule) {
            case "DC01" -> {
                int last = number("\\(line ([0-9]+)\\)", finding.message());
                lines.subList(finding.lines().first() - 1, last).clear();
                lines.addAll(finding.lines().first() - 1, finding.fix().lines().toList());
            }
            case "DC04" -> {
                lines.addAll(
                        number("below line ([0-9]+)", finding.fix()),
                        finding.fix().lines().skip(1).toList());
                lines.remove(number("instead of line ([0-9]+)", finding.fix()) - 1);
            }
            default -> assertThat(finding.fix()).startsWith("# a new file .dockerignore:");
        }
        return String.join("\n", lines) + "\n";
    }

    private static int number(String pattern, String text) {
        var found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return Integer.parseInt(found.group(1));
    }

    /** Whether the step came from the cache on the second push, by the builder's own log. */
    private static boolean isCached(Path way, String step) throws IOException {
        var log = Files.readString(way.resolve("second.log"));
        var shown =
                Files.readString(way.resolve("Dockerfile")) + "\n" + Files.readString(way.resolve("first.log")) + log;
        assertThat(shown).doesNotContain("FAILED");
        // Not the stage of the tools, which installs in a RUN of its own.
        var vertex = Pattern.compile(
                        "^#([0-9]+) \\[(?!tools)[^\\]]*] RUN [^\\n]*" + Pattern.quote(step), Pattern.MULTILINE)
                .matcher(log);
        assertThat(vertex.find()).as(shown).isTrue();
        return log.lines().anyMatch(line -> line.equals("#" + vertex.group(1) + " CACHED"));
    }
}
