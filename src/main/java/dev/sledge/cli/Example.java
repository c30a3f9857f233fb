package dev.sledge.cli;

import dev.sledge.cli.ProjectRepository.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * A project of {@code examples/}, and how it is changed.
 *
 * @param name as it is called
 * @param directory where its files are, below {@code examples/}
 * @param variant a directory in that, whose Dockerfile and settings it has instead; empty if its own
 * @param baseImage the image that all of its stages are built on
 * @param files the source is the last
 * @param manifest where dependencies are said
 * @param other what of the manifest an earlier change added
 * @param before what of the manifest a dependency is added in front of
 * @param dependency what is added, its version written as VERSION
 * @param versions of the dependency, of which each change takes another
 */
record Example(
        String name,
        String directory,
        Optional<String> variant,
        String baseImage,
        List<String> files,
        String manifest,
        Pattern other,
        String before,
        String dependency,
        List<String> versions)
        implements BenchProject {
    /** What the service answers, which is a line of its source. */
    static final String LINE = "Hello from Sledge";

    private static final Pattern FROM = Pattern.compile("(?m)^FROM \\S+ AS");

    static final Example HELLO_BUILD = new Example(
            "hello-build",
            "hello-build",
            Optional.empty(),
            "debian:trixie-slim",
            List.of("Dockerfile", ".dockerignore", "README.md", "pom.xml", "src/main/java/hello/HelloBuild.java"),
            "pom.xml",
            Pattern.compile("(?s)\\n *<dependency>\\s*<groupId>org.apache.commons</groupId>.*?</dependency>"),
            "\n  </dependencies>",
            """

                <dependency>
                  <groupId>org.apache.commons</groupId>
                  <artifactId>commons-lang3</artifactId>
                  <version>VERSION</version>
                </dependency>""",
            List.of("3.11", "3.12.0", "3.13.0", "3.14.0", "3.15.0", "3.16.0", "3.17.0", "3.18.0", "3.19.0"));

    static final Example HELLO_ROCKET = new Example(
            "hello-rocket",
            "hello-rocket",
            Optional.empty(),
            "debian:trixie-slim",
            List.of("Dockerfile", ".dockerignore", "README.md", "Cargo.toml", "src/main.rs"),
            "Cargo.toml",
            Pattern.compile("\\neither = .*"),
            "\nrocket = ",
            "\neither = \"=VERSION\"",
            List.of("1.6.0", "1.7.0", "1.8.0", "1.8.1", "1.9.0", "1.10.0", "1.11.0", "1.12.0", "1.13.0"));

    Example {
        files = List.copyOf(files);
        versions = List.copyOf(versions);
    }

    /**
     * The example of a name.
     *
     * @throws UserErrorException if none is called that
     */
    static Example of(String name) {
        return switch (name) {
            case "hello-build" -> HELLO_BUILD;
            case "hello-rocket" -> HELLO_ROCKET;
            case "hello-build-mounts" -> HELLO_BUILD.withMounts();
            case "hello-rocket-mounts" -> HELLO_ROCKET.withMounts();
            default ->
                throw new UserErrorException("there is no example called '" + name
                        + "'; use hello-build, hello-rocket, hello-build-mounts or hello-rocket-mounts");
        };
    }

    /** The same with cache mounts, which keep what its package managers fetched and built. */
    private Example withMounts() {
        return new Example(
                name + "-mounts",
                directory,
                Optional.of("mounts"),
                baseImage,
                files,
                manifest,
                other,
                before,
                dependency,
                versions);
    }

    String source() {
        return files.getLast();
    }

    @Override
    public Optional<String> base() {
        return Optional.of(baseImage);
    }

    @Override
    public Set<Change> changes() {
        return EnumSet.allOf(Change.class);
    }

    @Override
    public void copyTo(Path target) throws IOException {
        for (var file : files) {
            copy(file, target.resolve(file));
        }
        if (variant.isPresent()) {
            for (var file : List.of("Dockerfile", "sledge.yml")) {
                copy(variant.get() + "/" + file, target.resolve(file));
            }
        }
    }

    private void copy(String file, Path to) throws IOException {
        var from = "/examples/" + directory + "/" + file;
        try (var resource = Example.class.getResourceAsStream(from)) {
            if (resource == null) {
                throw new IllegalStateException("the jar lacks " + from);
            }
            Files.createDirectories(to.getParent());
            Files.write(to, resource.readAllBytes());
        }
    }

    @Override
    public Optional<Edit> edit(Change change, int number, IntFunction<String> bases) {
        return switch (change) {
            case FIRST, NOTHING -> Optional.empty();
            case SOURCE ->
                Optional.of(new Edit(source(), text -> text.replaceFirst(LINE + "[^\"]*", LINE + " " + number)));
            case DEPENDENCY -> Optional.of(new Edit(manifest, text -> withDependency(text, number)));
            case BASE ->
                Optional.of(new Edit(
                        "Dockerfile", text -> FROM.matcher(text).replaceAll("FROM " + bases.apply(number) + " AS")));
        };
    }

    /** The manifest with one dependency more than it had at first, in a version that no change of a near number has. */
    String withDependency(String text, int number) {
        var without = other.matcher(text).replaceAll("");
        if (!without.contains(before)) {
            throw new IllegalStateException(manifest + " of the example has no '" + before.strip() + "'");
        }
        var added = dependency.replace("VERSION", versions.get(number % versions.size()));
        return without.replace(before, added + before);
    }
}
