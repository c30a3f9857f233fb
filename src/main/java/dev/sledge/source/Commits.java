package dev.sledge.source;

import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;

/** What deliveries leave out of commits and branches, asked of the repository itself. */
public interface Commits {
    /**
     * The commit that a name stands for.
     *
     * @param revision a branch's name, or a hash that may be cut
     * @throws SourceUnavailableException if there is no such commit, or it cannot be read
     */
    Commit find(Repository repository, String revision);

    /**
     * The branch that a clone checks out.
     *
     * @throws SourceUnavailableException if it cannot be read
     */
    GitRef.Branch defaultBranch(Repository repository);

    /**
     * One commit.
     *
     * @param message as it was written, all of its lines
     */
    record Commit(CommitId id, String message) {}
}
