package dev.sledge.cli;

import dev.sledge.cli.ProjectRepository.Change;
import dev.sledge.local.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/**
 * What is committed in a git work tree of somebody's. The work tree itself stays as it is.
 *
 * @param touched the file that gets an empty line more when a source changes; empty if that is not to be measured
 */
record OwnProject(Path directory, Optional<String> touched) implements BenchProject {
    /**
     * The project of a work tree.
     *
     * @throws UserErrorException if it is none, or has no such file
     */
    static OwnProject of(Path directory, Optional<String> touched) {
        try (var tree = WorkTree.open(directory)) {
            var root = tree.root();
            touched.ifPresent(file -> {
                var path = root.resolve(file).normalize();
                if (!path.startsWith(root) || !Files.isRegularFile(path)) {
                    throw new UserErrorException("--touch: there is no file '" + file + "' in " + root);
                }
            });
            return new OwnProject(root, touched);
        }
    }

    @Override
    public String name() {
        return directory.toFile().getName();
    }

    @Override
    public void copyTo(Path target) throws IOException {
        try {
            Git.cloneRepository()
                    .setURI(directory.toUri().toString())
                    .setDirectory(target.toFile())
                    .call()
                    .close();
        } catch (GitAPIException e) {
            throw new UserErrorException("what is committed in " + directory + " cannot be copied: " + e.getMessage());
        }
        ProjectRepository.delete(target.resolve(".git"));
        var file = touched.map(target::resolve).filter(path -> !Files.isRegularFile(path));
        if (file.isPresent()) {
            throw new UserErrorException("no file '" + touched.orElse("") + "' is committed in " + directory);
        }
    }

    @Override
    public Set<Change> changes() {
        return touched.isEmpty() ? EnumSet.of(Change.NOTHING) : EnumSet.of(Change.NOTHING, Change.SOURCE);
    }

    @Override
    public Optional<String> base() {
        return Optional.empty();
    }

    @Override
    public Optional<Edit> edit(Change change, int number, IntFunction<String> bases) {
        return change == Change.SOURCE
                ? touched.map(file -> new Edit(file, text -> text.stripTrailing() + "\n".repeat(number + 1)))
                : Optional.empty();
    }
}
