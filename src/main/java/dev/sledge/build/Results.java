package dev.sledge.build;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where what is known of builds is kept: a bucket. */
public interface Results {
    /**
     * Stores a file; an earlier one of that name is replaced.
     *
     * @throws ResultsUnavailableException if it could not be stored
     */
    void put(ResultFolder folder, String name, byte[] content);

    /**
     * Reads a file.
     *
     * @return empty if there is none of that name
     * @throws ResultsUnavailableException if there was no answer about it
     */
    Optional<byte[]> get(ResultFolder folder, String name);

    /**
     * Deletes a file; nothing happens if there is none.
     *
     * @throws ResultsUnavailableException if it could not be deleted
     */
    void delete(ResultFolder folder, String name);

    /**
     * A file that is there.
     *
     * @param name in its folder
     * @param written when it was put there
     */
    record Listed(String name, Instant written) {}

    /**
     * The files of a folder whose names begin with something, in the order of their names.
     *
     * @throws ResultsUnavailableException if there was no answer about them
     */
    List<Listed> list(ResultFolder folder, String beginning);
}
