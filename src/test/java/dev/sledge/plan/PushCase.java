package dev.sledge.plan;

import dev.sledge.Golden;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.image.Platform;
import dev.sledge.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A push as a directory: the files of its commit, and in {@code push.txt}, a name and a value on each line, how it differs from a push
 * of {@code main} to a registry on the loopback. The names are {@code ref}, {@code registry}, {@code repository}, {@code trust}.
 */
public record PushCase(Path directory, Map<String, String> push) {
    private static final CommitId COMMIT = new CommitId("a1b2c3d4e5f60718293a4b5c6d7e8f9001122334");

    public static PushCase of(Path directory) {
        var push = new HashMap<>(Map.of(
                "ref",
                "refs/heads/main",
                "registry",
                "127.0.0.1:5000",
                "repository",
                "octocat/hello-world",
                "trust",
                "trusted"));
        var file = directory.resolve("push.txt");
        if (Files.exists(file)) {
            for (var line : Golden.read(file).lines().toList()) {
                var words = line.split(" ", 2);
                if (push.put(words[0], words[1]) == null)
                    throw new AssertionError(file + ": what is " + words[0] + "?");
            }
        }
        return new PushCase(directory, Map.copyOf(push));
    }

    private String pushed(String name) {
        return Optional.ofNullable(push.get(name)).orElseThrow();
    }

    /** What comes of planning it. */
    public Planning plan() {
        var repository = new Repository("github.com", pushed("repository"));
        var trust = Trust.valueOf(pushed("trust").toUpperCase(Locale.ROOT));
        var request =
                new BuildRequest(repository, GitRef.parse(pushed("ref")), COMMIT, new GitRef.Branch("main"), trust);
        var remote = URI.create("https://github.com/octocat/hello-world.git");
        var planner = new BuildPlanner(
                new Destination(pushed("registry"), "sledge"), Platform.LINUX_AMD64, image -> PastBuilds.none());
        return switch (trust) {
            case TRUSTED -> planner.plan(request, remote, Optional.empty(), this::file);
            case FORK -> planner.planFork(request, remote, Optional.empty(), this::file, this::file);
        };
    }

    /** Its only plan. */
    public BuildPlan onlyPlan() {
        if (plan() instanceof Planning.Planned(var plans, var warnings) && plans.size() == 1) {
            return plans.getFirst();
        }
        throw new AssertionError(directory + " is not planned as one image: " + plan());
    }

    private SourceFile file(String path) {
        var file = directory.resolve(path);
        try {
            if (Files.isDirectory(file)) return new SourceFile.Unreadable("it is a directory; name a file in it");
            return Files.exists(file) ? new SourceFile.Found(Files.readAllBytes(file)) : new SourceFile.Missing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return String.valueOf(directory.getFileName());
    }
}
