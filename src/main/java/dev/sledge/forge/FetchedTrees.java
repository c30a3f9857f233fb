package dev.sledge.forge;

import dev.sledge.event.CommitId;
import dev.sledge.event.Repository;
import dev.sledge.source.SourceTree;
import dev.sledge.source.SourceTree.Entry;
import dev.sledge.source.SourceTree.Mode;
import dev.sledge.source.SourceTrees;
import dev.sledge.source.SourceUnavailableException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Trees over git's own protocol, for forges whose API tells no object ids or no modes: one commit and its trees, without history and, where
 * the server can leave them out, without the files' contents.
 *
 * @see <a href="https://git-scm.com/docs/partial-clone">partial clone</a>
 */
final class FetchedTrees implements SourceTrees {
    private static final Duration WHOLE = Duration.ofMinutes(2);
    private static final int SECONDS_OF_SILENCE = 20;

    private final ForgeSite site;
    private final Duration whole;

    FetchedTrees(ForgeSite site) {
        this(site, WHOLE);
    }

    FetchedTrees(ForgeSite site, Duration whole) {
        this.site = site;
        this.whole = whole;
    }

    @Override
    public SourceTree tree(Repository repository, CommitId commit) {
        try {
            var directory = Files.createTempDirectory("sledge-tree");
            try {
                return tree(directory, repository, commit);
            } finally {
                remove(directory);
            }
        } catch (IOException | URISyntaxException | JGitInternalException e) {
            throw new SourceUnavailableException(
                    Reading.tree(repository) + " at " + commit + " cannot be fetched from " + site.remote(repository)
                            + ": " + e.getMessage(),
                    e);
        }
    }

    private SourceTree tree(Path directory, Repository repository, CommitId commit)
            throws IOException, URISyntaxException {
        try (var git = new FileRepositoryBuilder()
                .setGitDir(directory.toFile())
                .setBare()
                .build()) {
            git.create(true);
            // A redirect could carry the token to another host.
            git.getConfig().setString("http", null, "followRedirects", "false");
            // JGit would tidy up in the background, in a directory that is removed meanwhile.
            git.getConfig().setInt("gc", null, "auto", 0);
            git.getConfig().setBoolean("gc", null, "autoDetach", false);
            git.getConfig().save();
            fetch(git, repository, commit);
            return read(git, commit);
        }
    }

    /** JGit asks an old server for nothing at all if it cannot leave contents out; then they come along. */
    private void fetch(org.eclipse.jgit.lib.Repository git, Repository repository, CommitId commit)
            throws URISyntaxException, NotSupportedException, TransportException {
        try {
            fetch(git, repository, commit, FilterSpec.fromFilterLine("blob:none"));
        } catch (TransportException e) {
            if (!String.valueOf(e.getMessage()).contains("filter requires server")) {
                throw e;
            }
            fetch(git, repository, commit, FilterSpec.NO_FILTER);
        }
    }

    private void fetch(
            org.eclipse.jgit.lib.Repository git, Repository repository, CommitId commit, FilterSpec withoutContents)
            throws URISyntaxException, NotSupportedException, TransportException {
        try (var transport =
                Transport.open(git, new URIish(site.remote(repository).toString()))) {
            transport.setFilterSpec(withoutContents);
            transport.setDepth(1);
            transport.setTimeout(SECONDS_OF_SILENCE);
            if (transport instanceof TransportHttp http && site.token() instanceof ForgeToken.Secret token) {
                http.setAdditionalHeaders(Map.of("Authorization", token.gitAuthorization(site.forge())));
            }
            transport.fetch(
                    new Deadline(System.nanoTime() + whole.toNanos()),
                    List.of(new RefSpec(commit.hex() + ":refs/heads/fetched")));
        }
    }

    private static SourceTree read(org.eclipse.jgit.lib.Repository git, CommitId commit) throws IOException {
        var entries = new TreeEntries();
        try (var walk = new RevWalk(git);
                var tree = new TreeWalk(git)) {
            tree.addTree(walk.parseCommit(ObjectId.fromString(commit.hex())).getTree());
            tree.setRecursive(true);
            while (tree.next()) {
                var octal = "%06o".formatted(tree.getRawMode(0));
                var mode =
                        Mode.of(octal).orElseThrow(() -> new IOException("mode " + octal + " is none that git writes"));
                entries.put(
                        tree.getPathString(),
                        new Entry(mode, tree.getObjectId(0).name()));
            }
        }
        return entries.tree();
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Ends a fetch that takes too long, however lively it is. */
    private static final class Deadline extends EmptyProgressMonitor {
        private final long nanoTime;

        Deadline(long nanoTime) {
            this.nanoTime = nanoTime;
        }

        @Override
        public boolean isCancelled() {
            return System.nanoTime() - nanoTime > 0;
        }
    }
}
