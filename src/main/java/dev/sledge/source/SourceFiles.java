package dev.sledge.source;

import dev.sledge.event.CommitId;
import dev.sledge.event.Repository;
import java.net.URI;

/** Reads a repository at one commit: a work tree on a laptop, a forge's API in the cloud. */
public interface SourceFiles {
    /**
     * Reads one file at one commit.
     *
     * @param path relative to the repository's root, separated by {@code /}, without {@code .} or {@code ..} components
     * @throws SourceUnavailableException if the repository or the commit cannot be read; that is no answer about the file
     */
    SourceFile read(Repository repository, CommitId commit, String path);

    /** Where a build fetches {@code repository} from with plain {@code git fetch}. Carries no credential. */
    URI remote(Repository repository);
}
