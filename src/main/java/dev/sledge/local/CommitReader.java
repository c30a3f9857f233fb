package dev.sledge.local;

import dev.sledge.event.CommitId;
import dev.sledge.event.Repository;
import dev.sledge.source.SourceFile;
import dev.sledge.source.SourceUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Files and history of a repository, commit by commit, read from its objects. */
final class CommitReader {
    private static final int LARGEST_FILE = 8 << 20;

    private final org.eclipse.jgit.lib.Repository git;
    private final Repository repository;

    CommitReader(org.eclipse.jgit.lib.Repository git, Repository repository) {
        this.git = git;
        this.repository = repository;
    }

    /** A file as {@code source} asks for it. */
    SourceFile read(CommitId commit, String path) {
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
    SortedSet<String> paths(CommitId commit) {
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
    List<Set<String>> changes(CommitId commit, int most) {
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

    /** What a commit says, all of its lines. */
    String message(CommitId commit) {
        try (var walk = new RevWalk(git)) {
            return parse(walk, commit).getFullMessage();
        } catch (IOException e) {
            throw new SourceUnavailableException("commit " + commit + " of " + repository + " cannot be read", e);
        }
    }

    private RevCommit parse(RevWalk walk, CommitId commit) throws IOException {
        if (!ObjectId.isId(commit.hex()) || !git.getObjectDatabase().has(ObjectId.fromString(commit.hex()))) {
            throw new SourceUnavailableException("commit " + commit + " is not in " + repository
                    + "; fetch it, or push the commit that is checked out");
        }
        return walk.parseCommit(ObjectId.fromString(commit.hex()));
    }
}
