package dev.sledge.event;

/** What happened to one ref of a repository. */
public sealed interface RepositoryEvent {
    Repository repository();

    GitRef ref();

    /**
     * A ref was created or moved and its commit is to be built.
     *
     * @param before where the ref pointed
     * @param commit the commit to build; for an annotated tag the commit, not the tag object
     * @param defaultBranch the branch whose cache every other branch may read
     */
    record Pushed(Repository repository, GitRef ref, Before before, CommitId commit, GitRef.Branch defaultBranch)
            implements RepositoryEvent {}

    /** A ref is gone. */
    record RefDeleted(Repository repository, GitRef ref, CommitId before) implements RepositoryEvent {}

    /** Where a ref pointed before a push. */
    sealed interface Before {
        /** The ref did not exist. */
        record Nothing() implements Before {}

        record At(CommitId commit) implements Before {}
    }
}
