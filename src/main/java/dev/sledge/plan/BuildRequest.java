package dev.sledge.plan;

import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent.Pushed;

/**
 * A commit that is to be built for a ref.
 *
 * @param defaultBranch the branch whose cache every ref may read
 */
public record BuildRequest(
        Repository repository, GitRef ref, CommitId commit, GitRef.Branch defaultBranch, Trust trust) {
    /** What a push asks for: whoever may push is trusted. */
    public static BuildRequest of(Pushed push, GitRef.Branch defaultBranch) {
        return new BuildRequest(push.repository(), push.ref(), push.commit(), defaultBranch, Trust.TRUSTED);
    }
}
