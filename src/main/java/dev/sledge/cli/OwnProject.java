package dev.sledge.cli;

import dev.sledge.cli.DemoRepository.Change;
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
    @Override
    public String name() {
        return String.valueOf(directory.toAbsolutePath().normalize().getFileName());
    }

    @Override
    public void copyTo(Path target) throws IOException {
        try {
            Git.cloneRepository()
                    .setURI(directory.toAbsolutePath().normalize().toUri().toString())
                    .setDirectory(target.toFile())
                    .call()
                    .close();
        } catch (GitAPIException e) {
            throw new UserErrorException(
                    "the commit of '" + directory + "' cannot be read; is it a git work tree? " + e.getMessage());
        }
        DemoRepository.delete(target.resolve(".git"));
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
