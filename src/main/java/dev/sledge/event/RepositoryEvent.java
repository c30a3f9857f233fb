package dev.sledge.event;

/** What happened to one ref of a repository. */
public sealed interface RepositoryEvent {
    Repository repository();

    GitRef ref();

    /**
     * A branch or a tag was created or moved and its commit is to be built.
     *
     * @param before where the ref pointed
     * @param commit the commit to build; for an annotated tag the commit, not the tag object
     * @param defaultBranch the branch whose cache every other branch may read
     * @param skip whether the commit asks not to be built
     */
    record Pushed(
            Repository repository,
            GitRef ref,
            Before before,
            CommitId commit,
            DefaultBranch defaultBranch,
            SkipMark skip)
            implements RepositoryEvent {
        public Pushed {
            if (ref instanceof GitRef.PullRequest) {
                throw new IllegalArgumentException("a pull request is not pushed to, but updated");
            }
        }

        /** A push of a known default branch that asks for nothing. */
        public Pushed(Repository repository, GitRef ref, Before before, CommitId commit, GitRef.Branch defaultBranch) {
            this(repository, ref, before, commit, new DefaultBranch.Named(defaultBranch), new SkipMark.None());
        }
    }

    /** A branch or a tag is gone. */
    record RefDeleted(Repository repository, GitRef ref, CommitId before) implements RepositoryEvent {}

    /**
     * A pull request (GitLab: merge request) was opened or its head moved, or it became ready.
     *
     * @param repository the one that is asked to take the change
     * @param head the commit to build, the tip of the source branch
     */
    record PullRequestUpdated(
            Repository repository,
            GitRef.PullRequest ref,
            CommitName head,
            Base base,
            Origin origin,
            boolean draft,
            DefaultBranch defaultBranch)
            implements RepositoryEvent {}

    /** Where a ref pointed before a push. */
    sealed interface Before {
        /** The ref did not exist. */
        record Nothing() implements Before {}

        record At(CommitId commit) implements Before {}
    }

    /** A repository's default branch, as far as a delivery tells it. */
    sealed interface DefaultBranch {
        record Named(GitRef.Branch branch) implements DefaultBranch {}

        /** The forge is to be asked. */
        record Untold() implements DefaultBranch {}
    }

    /** Where a pull request's change comes from. */
    enum Origin {
        SAME_REPOSITORY,
        /** Another repository, or one that is gone: whoever wrote the change may not be trusted. */
        FORK
    }

    /** What a pull request is to be merged into. */
    record Base(GitRef.Branch branch, Tip tip) {
        /** The commit of that branch, as far as the delivery tells it. */
        public sealed interface Tip {
            record At(CommitName commit) implements Tip {}

            record Untold() implements Tip {}
        }
    }
}
