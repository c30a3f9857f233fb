package dev.sledge.local;

import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.source.Commits;
import dev.sledge.source.SourceFile;
import dev.sledge.source.SourceFiles;
import dev.sledge.source.SourceUnavailableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A git work tree on this machine as the repository that was pushed. Only what is committed is read.
 *
 * <p>Builds fetch from it over git's own protocol on a loopback port, so that they do exactly what they do in the cloud.
 */
public final class WorkTree implements SourceFiles, Commits, AutoCloseable {
    private final org.eclipse.jgit.lib.Repository git;
    private final Repository repository;
    private final CommitReader commits;
    private final RepositoryServer server;

    private WorkTree(org.eclipse.jgit.lib.Repository git, Repository repository) {
        this.git = git;
        this.repository = repository;
        this.commits = new CommitReader(git, repository);
        this.server = new RepositoryServer(git);
    }

    /**
     * Opens the repository that {@code directory} lies in.
     *
     * @throws SourceUnavailableException if it lies in none, or in one without a commit
     */
    public static WorkTree open(Path directory) {
        var builder = new RepositoryBuilder()
                .findGitDir(directory.toAbsolutePath().normalize().toFile());
        if (!Files.isDirectory(directory)) {
            throw new SourceUnavailableException("'" + directory + "' is no directory");
        }
        if (builder.getGitDir() == null) {
            throw new SourceUnavailableException(
                    "'" + directory + "' is in no git repository; run git init and commit what is to be built");
        }
        try {
            var git = builder.build();
            return new WorkTree(git, Origin.name(git));
        } catch (IOException e) {
            throw new SourceUnavailableException("the git repository of '" + directory + "' cannot be read", e);
        }
    }

    /** Where its files are; of a bare repository, the repository's own directory. */
    public Path root() {
        try {
            return Origin.root(git);
        } catch (IOException e) {
            throw new SourceUnavailableException("the directory of " + repository + " cannot be read", e);
        }
    }

    /** The repository as a push names it. */
    public Repository repository() {
        return repository;
    }

    /** What is pushed when nothing is said: the branch that HEAD is on; a detached HEAD has none. */
    public Optional<GitRef> head() {
        try {
            var full = git.getFullBranch();
            return full != null && full.startsWith("refs/heads/") ? Optional.of(GitRef.parse(full)) : Optional.empty();
        } catch (IOException e) {
            throw new SourceUnavailableException("HEAD of " + repository + " cannot be read", e);
        }
    }

    /** The branch whose cache the others may read: what origin says, else main or master, else the one that is pushed. */
    public GitRef.Branch defaultBranch(GitRef pushed) {
        try {
            var origin = git.exactRef("refs/remotes/origin/HEAD");
            if (origin != null && origin.isSymbolic()) {
                return new GitRef.Branch(origin.getTarget().getName().substring("refs/remotes/origin/".length()));
            }
            for (var name : new String[] {"main", "master"}) {
                if (git.exactRef("refs/heads/" + name) != null) {
                    return new GitRef.Branch(name);
                }
            }
            return pushed instanceof GitRef.Branch branch ? branch : new GitRef.Branch("main");
        } catch (IOException e) {
            throw new SourceUnavailableException("the branches of " + repository + " cannot be read", e);
        }
    }

    @Override
    public GitRef.Branch defaultBranch(Repository of) {
        return defaultBranch(head().orElse(new GitRef.Branch("main")));
    }

    @Override
    public Commit find(Repository of, String revision) {
        var id = commit(revision)
                .orElseThrow(() -> new SourceUnavailableException("no commit '" + revision + "' in " + repository));
        return new Commit(id, commits.message(id));
    }

    /** Finds a branch or a tag by its short or full name; a branch wins over a tag of the same name, as in git push. */
    public Optional<GitRef> find(String name) {
        try {
            for (var prefix : new String[] {"", "refs/heads/", "refs/tags/"}) {
                var full = prefix + name;
                if ((full.startsWith("refs/heads/") || full.startsWith("refs/tags/")) && git.exactRef(full) != null) {
                    return Optional.of(GitRef.parse(full));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new SourceUnavailableException("the refs of " + repository + " cannot be read", e);
        }
    }

    /** The commit that a ref or any other revision names; an annotated tag is followed to its commit. */
    public Optional<CommitId> commit(String revision) {
        try (var walk = new RevWalk(git)) {
            var id = git.resolve(revision + "^{commit}");
            return id == null
                    ? Optional.empty()
                    : Optional.of(new CommitId(walk.parseCommit(id).name()));
        } catch (IOException | org.eclipse.jgit.errors.RevisionSyntaxException e) {
            throw new SourceUnavailableException("'" + revision + "' of " + repository + " cannot be read", e);
        }
    }

    @Override
    public SourceFile read(Repository of, CommitId commit, String path) {
        if (!of.equals(repository)) {
            throw new SourceUnavailableException("this work tree is " + repository + ", not " + of);
        }
        return commits.read(commit, path);
    }

    /** The files of a commit, symbolic links among them, submodules not; paths from the root of the repository. */
    public SortedSet<String> paths(CommitId commit) {
        return commits.paths(commit);
    }

    /**
     * What the last commits changed, newest first, each against its first parent. A commit without one is left out: it
     * brought everything.
     *
     * @param most how many commits are looked at; a shallow clone may have fewer
     * @return for each commit the paths that it added, removed or changed, in content or mode
     */
    public List<Set<String>> changes(CommitId commit, int most) {
        return commits.changes(commit, most);
    }

    /** Starts to serve the repository to builds; read-only, on the loopback. */
    public void serve() {
        server.start();
    }

    /** The loopback port that {@link #serve} listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public URI remote(Repository of) {
        return server.uri();
    }

    @Override
    public void close() {
        server.close();
        git.close();
    }
}
