package dev.sledge.advice;

import dev.sledge.dockerfile.IgnoreFile;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The files that a build may copy: a tree of paths, less those that the ignore file leaves out. */
public final class BuildContext {
    static final BuildContext EMPTY =
            new BuildContext(List.of(), IgnoreFile.NONE, Optional.empty(), Optional.empty(), false);

    private final SortedSet<String> committed;
    private final NavigableSet<String> sent;
    private final IgnoreFile ignoreFile;
    private final Optional<String> ignorePath;
    private final Optional<String> dockerfile;
    private final boolean repository;

    /**
     * @param paths of all committed files, relative to the context's root
     * @param ignorePath where the ignore file lies, relative to the repository; empty if there is none
     * @param dockerfile path of the Dockerfile relative to the context; empty if it lies outside
     * @param repository whether the context is the root of the repository, and so holds {@code .git}
     */
    public BuildContext(
            Collection<String> paths,
            IgnoreFile ignoreFile,
            Optional<String> ignorePath,
            Optional<String> dockerfile,
            boolean repository) {
        this.committed = Collections.unmodifiableSortedSet(new TreeSet<>(paths));
        this.sent = new TreeSet<>(ignoreFile.sent(paths));
        this.ignoreFile = ignoreFile;
        this.ignorePath = ignorePath;
        this.dockerfile = dockerfile;
        this.repository = repository;
    }

    /** The files that reach the builder. */
    NavigableSet<String> sent() {
        return Collections.unmodifiableNavigableSet(sent);
    }

    /** Whether the file is sent to the builder. */
    boolean sends(String path) {
        return sent.contains(path);
    }

    /** Whether a file of this path would be sent if it were there. */
    boolean wouldSend(String path) {
        return !ignoreFile.excludes(path);
    }

    /** Whether the file is committed, sent or not. */
    boolean has(String path) {
        return committed.contains(path);
    }

    /** Whether something below the directory is committed, sent or not. */
    boolean hasDirectory(String path) {
        return !committed.subSet(path + "/", path + "0").isEmpty();
    }

    /** The sent files below a directory, which has no slash at its end; all for the empty name. */
    SortedSet<String> below(String directory) {
        // '0' follows '/' in the order of characters.
        return directory.isEmpty() ? sent() : sent().subSet(directory + "/", directory + "0");
    }

    /** Whether git's own files would be sent with the whole context. */
    boolean sendsGit() {
        return repository && !ignoreFile.excludes(".git/HEAD");
    }

    boolean isRepository() {
        return repository;
    }

    Optional<String> ignorePath() {
        return ignorePath;
    }

    Optional<String> dockerfile() {
        return dockerfile;
    }
}
