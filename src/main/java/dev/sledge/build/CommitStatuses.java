package dev.sledge.build;

import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;

/** Tells a forge how the builds of a commit are; telling it twice changes nothing. */
public interface CommitStatuses {
    /**
     * Sets a status, over an earlier one of the same context.
     *
     * @param ref that the build is for: some forges keep a status a ref
     * @throws StatusNotToldException if the forge did not take it; no build fails for that
     */
    void tell(Repository repository, GitRef ref, CommitId commit, CommitStatus status);
}
