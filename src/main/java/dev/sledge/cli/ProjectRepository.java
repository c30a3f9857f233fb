package dev.sledge.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** A git repository made of a project, and the changes that are committed to it. */
final class ProjectRepository {
    /** What the service answers once its source line is changed. */
    static final String CHANGED_LINE = "Hello again from Sledge";

    private final BenchProject project;
    private final Path directory;

    private ProjectRepository(BenchProject project, Path directory) {
        this.project = project;
        this.directory = directory;
    }

    /** One commit of the demo, by what it changes. */
    enum Change {
        FIRST,
        NOTHING,
        SOURCE,
        DEPENDENCY,
        /** The image that all stages are built on. */
        BASE
    }

    /** Those that the demo makes, in its order. */
    static final List<Change> CHANGES = List.of(Change.FIRST, Change.NOTHING, Change.SOURCE, Change.DEPENDENCY);

    /** Makes the repository anew; what an earlier demo left at {@code directory} is deleted. */
    static ProjectRepository create(Path directory) {
        return create(Example.HELLO_BUILD, directory, "demo/hello-build");
    }

    /**
     * The same of any project, by any name.
     *
     * @param name {@code owner/name}, which is a name of its own, so that images of a repository of yours are never touched
     */
    static ProjectRepository create(BenchProject project, Path directory, String name) {
        try {
            delete(directory);
            Files.createDirectories(directory);
            project.copyTo(directory);
            try (var git = Git.init()
                    .setDirectory(directory.toFile())
                    .setInitialBranch("main")
                    .call()) {
                var config = git.getRepository().getConfig();
                config.setString("remote", "origin", "url", "https://sledge.invalid/" + name + ".git");
                config.save();
            }
            return new ProjectRepository(project, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GitAPIException e) {
            throw new IllegalStateException("the project's repository cannot be made", e);
        }
    }

    static void delete(Path directory) throws IOException {
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

    /** Makes one of the demo's changes and commits it on main. */
    void commit(Change change) {
        switch (change) {
            case FIRST, NOTHING -> {}
            case SOURCE -> edit(Example.HELLO_BUILD.source(), text -> text.replace(Example.LINE, CHANGED_LINE));
            case DEPENDENCY ->
                edit(Example.HELLO_BUILD.manifest(), text -> Example.HELLO_BUILD.withDependency(text, 0));
            case BASE -> throw new IllegalArgumentException("the demo has one base image");
        }
        commit(change.name());
    }

    /**
     * Makes a change that no other number of the same kind is, and commits it on main.
     *
     * @param bases gives the base image of a number
     */
    void commitAnother(Change change, int number, IntFunction<String> bases) {
        project.edit(change, number, bases).ifPresent(edit -> edit(edit.file(), edit.edit()));
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
            throw new IllegalStateException("the project's change cannot be committed", e);
        }
    }

    private void edit(String file, UnaryOperator<String> change) {
        try {
            var path = directory.resolve(file);
            var text = Files.readString(path);
            var changed = change.apply(text);
            if (changed.equals(text)) {
                throw new IllegalStateException(file + " is not what its change expects");
            }
            Files.writeString(path, changed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
