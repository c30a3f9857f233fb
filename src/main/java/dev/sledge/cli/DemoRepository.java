package dev.sledge.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
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

    /** Of the dependency, so that each change asks for one that no build has yet. */
    private static final List<String> VERSIONS =
            List.of("3.11", "3.12.0", "3.13.0", "3.14.0", "3.15.0", "3.16.0", "3.17.0", "3.18.0", "3.19.0");

    private static final Pattern OTHER_DEPENDENCY =
            Pattern.compile("(?s) *<dependency>\\s*<groupId>org.apache.commons</groupId>.*?</dependency>\n");

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
        return create(directory, "demo/hello-build");
    }

    /**
     * The same by another name.
     *
     * @param name {@code owner/name}, which is a name of its own, so that images of a repository of yours are never touched
     */
    static DemoRepository create(Path directory, String name) {
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
                var config = git.getRepository().getConfig();
                config.setString("remote", "origin", "url", "https://sledge.invalid/" + name + ".git");
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
        commit(change.name());
    }

    /** Makes a change that no earlier one of the same kind was, and commits it on main. */
    void commitAnother(Change change, int number) {
        switch (change) {
            case FIRST, NOTHING -> {}
            case SOURCE -> replace(SOURCE, LINE, LINE + " " + number);
            case DEPENDENCY -> {
                drop("pom.xml", OTHER_DEPENDENCY);
                replace(
                        "pom.xml",
                        "  </dependencies>\n",
                        DEPENDENCY.replace(
                                "</artifactId>",
                                "</artifactId>" + "<version>" + VERSIONS.get(number % VERSIONS.size()) + "</version>"));
            }
        }
        commit(change.name());
    }

    private void commit(String message) {
        var author = new PersonIdent("Sledge demo", "demo@sledge.invalid");
        try (var git = Git.open(directory.toFile())) {
            git.add().addFilepattern(".").call();
            git.commit()
                    .setAllowEmpty(true)
                    .setSign(false)
                    .setAuthor(author)
                    .setCommitter(author)
                    .setMessage(message)
                    .call();
        } catch (IOException | GitAPIException e) {
            throw new IllegalStateException("the demo's change cannot be committed", e);
        }
    }

    private void drop(String file, Pattern what) {
        try {
            var path = directory.resolve(file);
            Files.writeString(path, what.matcher(Files.readString(path)).replaceAll(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
