package dev.sledge.build;

import java.util.Optional;
import java.util.function.Function;

/**
 * Small files that several processes write at once. Whoever writes says what it saw, and is told if somebody else wrote since: nobody's
 * change is lost, and no lock is held by a process that died.
 */
public interface SharedFiles {
    /**
     * Reads a file.
     *
     * @param key where it lies, such as {@code heads/octocat/hello-world/b-main.json}
     * @throws ResultsUnavailableException if there was no answer about it
     */
    Seen read(String key);

    /**
     * Writes the file that was seen, if it is still as it was seen.
     *
     * @throws ResultsUnavailableException if it is not known whether it was written
     */
    Write write(Seen seen, String content);

    /**
     * Changes a file, however many others do so at the same time.
     *
     * @param change gives the new content for the file as it is, and is asked again if somebody else was faster; empty leaves it as it is
     */
    default void change(String key, Function<Seen, Optional<String>> change) {
        for (var seen = read(key); ; seen = read(key)) {
            var content = change.apply(seen);
            if (content.isEmpty() || write(seen, content.get()) instanceof Write.Written) {
                return;
            }
        }
    }

    /** A file as it was at some moment. */
    sealed interface Seen {
        String key();

        /** There was none. */
        record Absent(String key) implements Seen {}

        /**
         * Its content then.
         *
         * @param version what tells it from the file before and the file after
         */
        record Present(String key, String version, String content) implements Seen {}
    }

    /** What became of a write. */
    sealed interface Write {
        /** The file is as it was to be. */
        record Written(Seen.Present now) implements Write {}

        /** Somebody else wrote first; nothing was changed. */
        record Overtaken() implements Write {}
    }
}
