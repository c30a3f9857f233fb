package dev.sledge.cli;

import dev.sledge.cli.ProjectRepository.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** What is built again and again, and how it is changed in between. */
sealed interface BenchProject permits Example, OwnProject {
    /** As it is called in tables and below the cache directory; no path. */
    String name();

    /** Puts its files into an empty directory. */
    void copyTo(Path target) throws IOException;

    /** The changes that it knows. */
    Set<Change> changes();

    /** The image that all of its stages are built on; nothing if that is not known, and then it knows no change of it. */
    Optional<String> base();

    /**
     * A change that no other number of the same kind is; nothing where there is nothing to edit.
     *
     * @param bases gives the base image of a number
     */
    Optional<Edit> edit(Change change, int number, IntFunction<String> bases);

    /** What is done to one file. */
    record Edit(String file, UnaryOperator<String> edit) {}
}
