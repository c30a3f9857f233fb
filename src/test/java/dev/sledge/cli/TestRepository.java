package dev.sledge.cli;

import dev.sledge.event.GitRef;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.Pushed;
import dev.sledge.local.WorkTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A git repository of a test, made with the real git. */
public final class TestRepository {
    private final Path directory;
    private String date = Instant.EPOCH.toString();
    private Optional<GitRef> tag = Optional.empty();

    private TestRepository(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes an empty one.
     *
     * @param name of the repository; images and caches go by it
     */
    public static TestRepository create(Path directory, String name) throws IOException, InterruptedException {
        var repository = new TestRepository(directory);
        repository.git("init", "--quiet", "--initial-branch=main");
        repository.git("remote", "add", "origin", "https://sledge.invalid/it/" + name + ".git");
        return repository;
    }

    /** One that is there already. */
    public static TestRepository at(Path directory) {
        return new TestRepository(directory);
    }

    public Path directory() {
        return directory;
    }

    public TestRepository write(String file, String content) throws IOException {
        var path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        return this;
    }

    public TestRepository commit() throws IOException, InterruptedException {
        return commit(Instant.now().toString());
    }

    /** @param date of the commit, ISO 8601; the same content at the same date is the same commit */
    TestRepository commit(String date) throws IOException, InterruptedException {
        this.date = date;
        git("add", "--all");
        git(
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@sledge.invalid",
                "commit",
                "--quiet",
                "--allow-empty",
                "-m",
                "x");
        return this;
    }

    /** Commits these files by their paths, and no others. */
    public TestRepository commitOnly(Map<String, byte[]> files) throws IOException, InterruptedException {
        for (var old : git("ls-files", "-z").split("\0", -1)) {
            Files.deleteIfExists(directory.resolve(old.isEmpty() ? ".none" : old));
        }
        for (var file : files.entrySet()) {
            var path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return commit();
    }

    /** What {@code git ls-tree} says of the last commit, a line a file: mode, object, path. */
    public List<String> listed() throws IOException, InterruptedException {
        return git(
                        "-c",
                        "core.quotePath=false",
                        "ls-tree",
                        "-r",
                        "--format=%(objectmode) %(objectname) %(path)",
                        "HEAD")
                .lines()
                .sorted()
                .toList();
    }

    TestRepository branch(String name) throws IOException, InterruptedException {
        git("checkout", "--quiet", "-b", name);
        return this;
    }

    /** Names the last commit, which is pushed as that from now on. */
    TestRepository tag(String name) throws IOException, InterruptedException {
        git("tag", name);
        tag = Optional.of(new GitRef.Tag(name));
        return this;
    }

    /** The push of the last tag, else of the branch that is checked out. */
    Pushed push(WorkTree tree) {
        var ref = tag.or(tree::head).orElseThrow();
        var commit = tree.commit(ref.full()).orElseThrow();
        return new Pushed(tree.repository(), ref, new Before.Nothing(), commit, new GitRef.Branch("main"));
    }

    public String git(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Whoever runs the test may sign commits, or have hooks.
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_GLOBAL",
                        "/dev/null",
                        "GIT_CONFIG_NOSYSTEM",
                        "1",
                        "GIT_AUTHOR_DATE",
                        date,
                        "GIT_COMMITTER_DATE",
                        date));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output.strip();
    }
}
