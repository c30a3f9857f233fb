package dev.sledge.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.cli.TestRepository;
import dev.sledge.dockerfile.BuildOptions;
import dev.sledge.dockerfile.Builder;
import dev.sledge.dockerfile.IgnoreFile;
import dev.sledge.local.BuildEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A small project in a git repository of its own, which is built on a real engine and prints a greeting. */
final class ProofProject {
    private final BuildEngine engine;
    private final TestRepository repository;
    private final String name;
    private final String source;
    private String greeting = "hello";
    private int builds;

    private ProofProject(BuildEngine engine, TestRepository repository, String name, String source) {
        this.engine = engine;
        this.repository = repository;
        this.name = name;
        this.source = source;
    }

    /**
     * Copies the project from the directory of its case and commits it.
     *
     * @param source the file that holds the greeting, {@code hello}
     */
    static ProofProject create(BuildEngine engine, Path from, Path to, String source)
            throws IOException, InterruptedException {
        var name = from.getFileName().toString();
        var repository = TestRepository.create(Files.createDirectories(to), name);
        try (Stream<Path> files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                repository.write(from.relativize(file).toString(), Files.readString(file));
            }
        }
        repository.commit();
        return new ProofProject(engine, repository, name, source);
    }

    /** A fresh clone of the commit that is checked out here. */
    ProofProject cloned(Path to) throws IOException, InterruptedException {
        repository.git("clone", "--quiet", repository.directory().toString(), to.toString());
        var clone = new ProofProject(engine, TestRepository.at(to), name, source);
        clone.greeting = greeting;
        return clone;
    }

    /** Changes one line of the source and commits that. */
    void greet(String word) throws IOException, InterruptedException {
        write(source, read(source).replace(greeting + " ", word + " ").replace('"' + greeting + '"', '"' + word + '"'));
        assertThat(repository.git("diff", "--shortstat")).contains("1 insertion(+), 1 deletion(-)");
        greeting = word;
        repository.commit();
    }

    void write(String file, String content) throws IOException {
        repository.write(file, content);
    }

    String read(String file) throws IOException {
        return Files.readString(repository.directory().resolve(file));
    }

    void commit() throws IOException, InterruptedException {
        repository.commit();
    }

    String head() throws IOException, InterruptedException {
        return repository.git("rev-parse", "HEAD");
    }

    Review review() throws IOException, InterruptedException {
        var dockerfile = AdviceCase.dockerfile(read("Dockerfile"));
        var graph = AdviceCase.graph(dockerfile, BuildOptions.DEFAULT);
        var ignore = repository.directory().resolve(IgnoreFile.NAME);
        return new Review(
                dockerfile,
                graph,
                Review.needed(graph),
                new BuildContext(
                        repository.git("ls-files").lines().toList(),
                        Files.exists(ignore) ? AdviceCase.ignoreFile(Files.readAllBytes(ignore)) : IgnoreFile.NONE,
                        Files.exists(ignore) ? Optional.of(IgnoreFile.NAME) : Optional.empty(),
                        Optional.of("Dockerfile"),
                        true),
                History.UNKNOWN,
                Builder.BUILDKIT,
                Review.Mounts.LOST);
    }

    /** What a rule finds; it must be one thing. */
    Finding finding(String rule) throws IOException, InterruptedException {
        var findings = findings(rule);
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    List<Finding> findings(String rule) throws IOException, InterruptedException {
        return AdviceCase.findings(review()).stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
    }

    /** The first line of the Dockerfile that is {@code text}. */
    int lineOf(String text) throws IOException {
        var index = read("Dockerfile").lines().toList().indexOf(text);
        assertThat(index).as("line '%s'", text).isNotNegative();
        return index + 1;
    }

    /** @param options of {@code docker buildx build}, besides those that every build has */
    ProofBuild build(String... options) throws IOException, InterruptedException {
        builds++;
        var graph = review().graph();
        var command = new ArrayList<>(
                List.of("buildx", "build", "--progress=rawjson", "--provenance=false", "--tag=" + image()));
        command.addAll(List.of(options));
        command.add(repository.directory().toString());
        var began = Instant.now();
        var answer = engine.docker(command.toArray(String[]::new));
        return ProofBuild.of(graph, answer, Duration.between(began, Instant.now()));
    }

    /** Another one for each build: while an image loses its name, what it shares with the next one may be collected. */
    private String image() {
        return name + ":" + repository.directory().getFileName() + "-" + builds;
    }

    /** What the image that was built last prints when it is run. */
    String output() {
        var answer = engine.docker("run", "--rm", "--network=none", image());
        assertThat(answer.status()).as(answer.errors()).isZero();
        return answer.output();
    }
}
