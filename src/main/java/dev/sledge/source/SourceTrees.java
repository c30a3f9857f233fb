package dev.sledge.source;

import dev.sledge.event.CommitId;
import dev.sledge.event.Repository;

/** Lists a repository at one commit, so that two commits can be compared without their contents. */
public interface SourceTrees {
    /**
     * The whole tree of a commit, never a part of it.
     *
     * @throws SourceUnavailableException if the repository or the commit cannot be read, or not as a whole
     */
    SourceTree tree(Repository repository, CommitId commit);
}
