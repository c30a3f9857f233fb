package dev.sledge.local;

import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.source.SourceFile;
import dev.sledge.source.SourceFiles;
import dev.sledge.source.SourceUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.Daemon;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * A git work tree on this machine as the repository that was pushed. Only what is committed is read.
 *
 * <p>Builds fetch from it over git's own protocol on a loopback port, so that they do exactly what they do in the cloud.
 */
public final class WorkTree implements SourceFiles, AutoCloseable {
    private static final String SERVED = "repository.git";
    private static final int LARGEST_FILE = 8 << 20;

    /** {@code https://host/owner/name.git}, {@code ssh://git@host/owner/name}, {@code git@host:owner/name.git}. */
    private static final Pattern ORIGIN = Pattern.compile(
            "(?:[a-z+]+://)?(?:[^@/]+@)?([A-Za-z0-9][A-Za-z0-9.-]*)(?::[0-9]+/|[:/])([^/].*?)(?:\\.git)?/?");

    private final org.eclipse.jgit.lib.Repository git;
    private final Repository repository;
    private final Daemon daemon;

    private WorkTree(org.eclipse.jgit.lib.Repository git, Repository repository) {
        this.git = git;
        this.repository = repository;
        this.daemon = new Daemon(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
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
            return new WorkTree(git, name(git));
        } catch (IOException e) {
            throw new SourceUnavailableException("the git repository of '" + directory + "' cannot be read", e);
        }
    }

    /** The repository's name at the forge that origin points to, so that names are as in the cloud; else the directory's name. */
    private static Repository name(org.eclipse.jgit.lib.Repository git) throws IOException {
        var origin = git.getConfig().getString("remote", "origin", "url");
        var forge = ORIGIN.matcher(origin == null ? "" : origin);
        if (forge.matches()) {
            return new Repository(forge.group(1), forge.group(2));
        }
        var root = git.isBare() ? git.getDirectory() : git.getWorkTree();
        var name = root.getCanonicalFile().getName();
        return new Repository("local", name.isEmpty() ? "repository" : name);
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
        try (var walk = new RevWalk(git);
                var reader = git.newObjectReader();
                var tree = TreeWalk.forPath(reader, path, parse(walk, commit).getTree())) {
            if (tree == null) {
                return new SourceFile.Missing();
            }
            var mode = tree.getFileMode(0);
            if (mode.equals(FileMode.SYMLINK)) {
                return new SourceFile.Unreadable("it is a symbolic link; name the file it points to");
            }
            if (!mode.equals(FileMode.REGULAR_FILE) && !mode.equals(FileMode.EXECUTABLE_FILE)) {
                return new SourceFile.Unreadable("it is a directory; name a file in it");
            }
            var content = reader.open(tree.getObjectId(0));
            return content.getSize() > LARGEST_FILE
                    ? new SourceFile.Unreadable("it has more than 8 MiB; name the right file")
                    : new SourceFile.Found(content.getCachedBytes(LARGEST_FILE));
        } catch (IOException e) {
            throw new SourceUnavailableException(
                    "'" + path + "' at " + commit + " of " + repository + " cannot be read", e);
        }
    }

    /** The files of a commit, symbolic links among them, submodules not; paths from the root of the repository. */
    public SortedSet<String> paths(CommitId commit) {
        try (var walk = new RevWalk(git);
                var tree = new TreeWalk(git)) {
            tree.addTree(parse(walk, commit).getTree());
            tree.setRecursive(true);
            var paths = new TreeSet<String>();
            while (tree.next()) {
                if (!tree.getFileMode(0).equals(FileMode.GITLINK)) {
                    paths.add(tree.getPathString());
                }
            }
            return paths;
        } catch (IOException e) {
            throw new SourceUnavailableException("the files of " + commit + " of " + repository + " cannot be read", e);
        }
    }

    /**
     * What the last commits changed, newest first, each against its first parent. A commit without one is left out: it
     * brought everything.
     *
     * @param most how many commits are looked at; a shallow clone may have fewer
     * @return for each commit the paths that it added, removed or changed, in content or mode
     */
    public List<Set<String>> changes(CommitId commit, int most) {
        try (var walk = new RevWalk(git);
                var tree = new TreeWalk(git)) {
            var changes = new ArrayList<Set<String>>();
            var newer = parse(walk, commit);
            while (newer.getParentCount() > 0 && changes.size() < most) {
                var older = walk.parseCommit(newer.getParent(0));
                tree.reset(older.getTree(), newer.getTree());
                tree.setRecursive(true);
                tree.setFilter(TreeFilter.ANY_DIFF);
                var changed = new TreeSet<String>();
                while (tree.next()) {
                    changed.add(tree.getPathString());
                }
                changes.add(changed);
                newer = older;
            }
            return changes;
        } catch (IOException e) {
            throw new SourceUnavailableException("the history of " + repository + " cannot be read", e);
        }
    }

    private RevCommit parse(RevWalk walk, CommitId commit) throws IOException {
        if (!ObjectId.isId(commit.hex()) || !git.getObjectDatabase().has(ObjectId.fromString(commit.hex()))) {
            throw new SourceUnavailableException("commit " + commit + " is not in " + repository
                    + "; fetch it, or push the commit that is checked out");
        }
        return walk.parseCommit(ObjectId.fromString(commit.hex()));
    }

    /** Starts to serve the repository to builds; read-only, on the loopback. */
    public void serve() {
        try {
            daemon.setRepositoryResolver((client, name) -> {
                git.incrementOpen();
                return git;
            });
            daemon.setUploadPackFactory((client, served) -> {
                var pack = new UploadPack(served);
                // A build asks for one commit by its id, whether or not a ref still points at it.
                pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
                return pack;
            });
            daemon.start();
        } catch (IOException e) {
            throw new SourceUnavailableException("the repository cannot be served on the loopback", e);
        }
    }

    /** The loopback port that {@link #serve} listens on. */
    public int port() {
        return daemon.getAddress().getPort();
    }

    @Override
    public URI remote(Repository of) {
        return URI.create("git://127.0.0.1:" + port() + "/" + SERVED);
    }

    @Override
    public void close() {
        if (daemon.isRunning()) {
            daemon.stop();
        }
        git.close();
    }
}
