package dev.sledge.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** A git repository made of {@code examples/hello-build}, and the changes that the demo commits to it. */
final class DemoRepository {
    static final List<String> FILES =
            List.of("Dockerfile", ".dockerignore", "README.md", "pom.xml", "src/main/java/hello/HelloBuild.java");
    private static final String SOURCE = "src/main/java/hello/HelloBuild.java";
    private static final String LINE = "Hello from Sledge";
    private static final String DEPENDENCY = """
                <dependency>
                  <groupId>org.apache.commons</groupId>
                  <artifactId>commons-lang3</artifactId>
                </dependency>
              </dependencies>
            """;

    /** What the service answers once its source line is changed. */
    static final String CHANGED_LINE = "Hello again from Sledge";

    private final Path directory;

    private DemoRepository(Path directory) {
        this.directory = directory;
    }

    /** One commit of the demo, by what it changes. */
    enum Change {
        FIRST,
        NOTHING,
        SOURCE,
        DEPENDENCY
    }

    /** Makes the repository anew; what an earlier demo left at {@code directory} is deleted. */
    static DemoRepository create(Path directory) {
        try {
            delete(directory);
            for (var file : FILES) {
                var target = directory.resolve(file);
                Files.createDirectories(target.getParent());
                try (var resource = DemoRepository.class.getResourceAsStream("/examples/hello-build/" + file)) {
                    if (resource == null) {
                        throw new IllegalStateException("the jar lacks examples/hello-build/" + file);
                    }
                    Files.write(target, resource.readAllBytes());
                }
            }
            try (var git = Git.init()
                    .setDirectory(directory.toFile())
                    .setInitialBranch("main")
                    .call()) {
                // A name of its own, so that the demo never touches images of a repository of yours.
                var config = git.getRepository().getConfig();
                config.setString("remote", "origin", "url", "https://sledge.invalid/demo/hello-build.git");
                config.save();
            }
            return new DemoRepository(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GitAPIException e) {
            throw new IllegalStateException("the demo's repository cannot be made", e);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var files = Files.walk(directory)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    Path directory() {
        return directory;
    }

    /** Makes a change and commits it on main. */
    void commit(Change change) {
        switch (change) {
            case FIRST, NOTHING -> {}
            case SOURCE -> replace(SOURCE, LINE, CHANGED_LINE);
            case DEPENDENCY -> replace("pom.xml", "  </dependencies>\n", DEPENDENCY);
        }
        var author = new PersonIdent("Sledge demo", "demo@sledge.invalid");
        try (var git = Git.open(directory.toFile())) {
            git.add().addFilepattern(".").call();
            git.commit()
                    .setAllowEmpty(true)
                    .setSign(false)
                    .setAuthor(author)
                    .setCommitter(author)
                    .setMessage(change.name())
                    .call();
        } catch (IOException | GitAPIException e) {
            throw new IllegalStateException("the demo's change cannot be committed", e);
        }
    }

    private void replace(String file, String old, String replacement) {
        try {
            var path = directory.resolve(file);
            var text = Files.readString(path);
            if (!text.contains(old)) {
                throw new IllegalStateException(file + " of the example has no '" + old.strip() + "' to change");
            }
            Files.writeString(path, text.replace(old, replacement));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
