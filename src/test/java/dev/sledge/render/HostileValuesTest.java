package dev.sledge.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sledge.Property;
import dev.sledge.Shell;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.image.Platform;
import dev.sledge.plan.BuildFiles;
import dev.sledge.plan.BuildPlan;
import dev.sledge.plan.BuildPlanner;
import dev.sledge.plan.BuildRequest;
import dev.sledge.plan.Destination;
import dev.sledge.plan.PastBuilds;
import dev.sledge.plan.Planning;
import dev.sledge.plan.Trust;
import dev.sledge.source.SourceFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches, paths and arguments that would be commands, were they ever read as such. */
class HostileValuesTest {
    private static final String DOCKERFILE = "FROM alpine AS build\nRUN true\nFROM scratch\nCOPY --from=build / /\n";
    private static final Settings TAME = new Settings("main", "Dockerfile", "web", "1.0");

    @TempDir
    Path directory;

    /** What comes from outside. */
    private record Settings(String branch, String dockerfile, String context, String argument) {
        BuildPlan plan(String cache) {
            var request = new BuildRequest(
                    new Repository("github.com", "a/b"),
                    new GitRef.Branch(branch),
                    new CommitId("a".repeat(40)),
                    new GitRef.Branch(branch),
                    Trust.TRUSTED);
            var yaml = "cache: " + cache + "\nimages:\n  - dockerfile: " + quoted(dockerfile) + "\n    context: "
                    + quoted(context) + "\n    args: {VALUE: " + quoted(argument) + "}\n";
            var planning = new BuildPlanner(
                            new Destination("127.0.0.1:5000", "sledge"),
                            Platform.LINUX_AMD64,
                            image -> PastBuilds.none())
                    .plan(
                            request,
                            URI.create("https://github.com/a/b.git"),
                            Optional.empty(),
                            path -> found(path, yaml));
            if (planning instanceof Planning.Planned(var plans, var warnings)) return plans.getFirst();
            throw new AssertionError(planning);
        }

        private SourceFile found(String path, String yaml) {
            var text = path.equals(BuildFiles.SETTINGS) ? yaml : path.equals(dockerfile) ? DOCKERFILE : "?";
            return new SourceFile.Found(text.getBytes(StandardCharsets.UTF_8));
        }

        private static String quoted(String text) {
            return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
        }
    }

    @Test
    void neverStandInTheBuildspec() {
        for (var cache : List.of("registry", "inline", "layout", "tarball", "host", "classic", "none")) {
            var tame = BuildspecRenderer.render(TAME.plan(cache), "s3://b/r");
            Property.holds(200, HostileValuesTest::hostile, hostile -> {
                var build = BuildspecRenderer.render(hostile.plan(cache), "s3://b/r");
                assertThat(build.buildspec()).isEqualTo(tame.buildspec());
                assertThat(build.environment().keySet())
                        .isEqualTo(tame.environment().keySet());
            });
        }
    }

    private static Settings hostile(Random random) {
        var branch = "b" + Property.text(random, 4, "$(id)", "`id`", ";", "'", "\"", "&", "|", "-", "é", ">x", "#");
        var path = Property.text(random, 4, "$(id)", "`id`", ";", "'", "\"", " ", "-", "*", "é", "\\") + "p";
        var argument =
                Property.text(random, 5, "$(id)", "`id`", "\n", "'", "\"", " ", "--push", "*", "é", "\\", ": ", "#");
        return new Settings(branch, path, "-" + path, argument);
    }

    @Test
    void reachDockerAsTheVeryWordsTheyAre() throws IOException {
        var hostile = new Settings("a$(touch$IFS'x');`id`\"'", "- $(touch y)'\"", "--push=false", "$(touch z)\n'\"*");
        var plan = hostile.plan("registry");
        var words = docker(plan);

        assertThat(words)
                .containsSubsequence("buildx", "build")
                .containsSubsequence(
                        "--cache-to", "ref=" + plan.cache().writes().getFirst())
                .containsSubsequence("--file", "./- $(touch y)'\"")
                .containsSubsequence("--build-arg", "VALUE=$(touch z)\n'\"*")
                .endsWith("./--push=false");
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder("bin", "words", "results");
        }
    }

    /** Runs the phases that build and keep in a real bash, and gives the words that {@code docker} was called with. */
    private List<String> docker(BuildPlan plan) throws IOException {
        var docker = Files.createDirectories(directory.resolve("bin")).resolve("docker");
        Files.writeString(docker, "#!/bin/sh\nprintf '%s\\0' \"$@\" >> words\n");
        assertThat(docker.toFile().setExecutable(true)).isTrue();
        var script = new StringBuilder(
                "PATH=" + new ShellWord(directory.resolve("bin").toString()) + ":$PATH\n");
        BuildspecRenderer.render(plan, "s3://b/r")
                .environment()
                .forEach((name, value) -> script.append("export ")
                        .append(name)
                        .append('=')
                        .append(new ShellWord(value))
                        .append('\n'));
        script.append("set -o pipefail\nCODEBUILD_SRC_DIR=.\nmkdir results\nshow() { cat; }\nran() { true; }\n");
        script.append("unless_it_hangs() { \"$@\"; }\n");
        script.append("answers() { true; }\ntwice() { \"$@\"; }\nexported() { export=(--cache-to \"ref=$1\"); }\n");
        script.append("gzip() { :; }\naws() { :; }\n");
        var phases = BuildspecRenderer.commands(plan);
        for (var phase : List.of("build", "post_build")) {
            phases.getOrDefault(phase, List.of())
                    .forEach(command -> script.append(command).append('\n'));
        }

        assertThat(Shell.run(directory, List.of("bash"), script.toString())).isEqualTo(new Shell.Ran(0, ""));
        return List.of(Files.readString(directory.resolve("words")).split("\0"));
    }
}
