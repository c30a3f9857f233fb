package dev.sledge.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.build.SharedFiles.Seen;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.event.RepositoryEvent.Before;
import dev.sledge.event.RepositoryEvent.RefDeleted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The commits of each ref that were to be built, newest first: one file a ref, {@code heads/<repository's path>/<ref's tag>.json}. The
 * newest of them is the one that the ref's tag may follow.
 *
 * <p>Which of two pushes is the newer is told by the one that names the other as where the ref pointed before, not by the order in which
 * deliveries arrive. Only where neither does, the later delivery is taken for the newer push.
 */
public final class Heads {
    /** How many commits a file holds: more than that many pushes late, a push is taken for a new one. */
    private static final int KEPT = 32;

    private static final JsonMapper JSON = new JsonMapper();

    private final SharedFiles files;

    public Heads(SharedFiles files) {
        this.files = files;
    }

    /** The commit that a ref's tag may follow; none if the ref is gone, or nothing of it was ever to be built. */
    public Optional<CommitId> newest(Repository repository, GitRef ref) {
        return commits(files.read(key(repository, ref))).stream().findFirst();
    }

    /** The commit that was the newest of a ref before {@code commit} was; none if that is not the newest now, or nothing was before. */
    public Optional<CommitId> before(Repository repository, GitRef ref, CommitId commit) {
        var commits = commits(files.read(key(repository, ref)));
        return commits.size() > 1 && commits.getFirst().equals(commit) ? Optional.of(commits.get(1)) : Optional.empty();
    }

    /** The commit of a push of a branch or a tag is to be built. */
    public void pushed(Repository repository, GitRef ref, Before before, CommitId commit) {
        change(repository, ref, commits -> isLate(commits, before, commit) ? commits : after(commits, before, commit));
    }

    private static boolean isLate(List<CommitId> commits, Before before, CommitId commit) {
        var goesOnFromTheNewest = before instanceof Before.At(var from)
                && !commits.isEmpty()
                && commits.getFirst().equals(from);
        return commits.contains(commit) && !goesOnFromTheNewest;
    }

    private static List<CommitId> after(List<CommitId> commits, Before before, CommitId commit) {
        var after = new ArrayList<CommitId>();
        after.add(commit);
        if (before instanceof Before.At(var from) && !commits.contains(from)) {
            after.add(from);
        }
        after.addAll(commits);
        return after;
    }

    /** This commit is to be built, and is the newest whatever was before: somebody says so, or a pull request does. */
    public void set(Repository repository, GitRef ref, CommitId commit) {
        change(repository, ref, commits -> after(commits, new Before.Nothing(), commit));
    }

    /** A ref is gone: no build of it that still runs has a tag to move. */
    public void deleted(RefDeleted deletion) {
        change(deletion.repository(), deletion.ref(), commits -> {
            var late = commits.lastIndexOf(deletion.before()) > 0;
            return late ? commits : List.of();
        });
    }

    private interface Change {
        List<CommitId> of(List<CommitId> commits);
    }

    private void change(Repository repository, GitRef ref, Change change) {
        files.change(key(repository, ref), seen -> {
            var before = commits(seen);
            var after = change.of(before).stream().distinct().limit(KEPT).toList();
            return after.equals(before) ? Optional.empty() : Optional.of(text(after));
        });
    }

    private static String key(Repository repository, GitRef ref) {
        return RefFile.key("heads", repository, ref);
    }

    private static List<CommitId> commits(Seen seen) {
        return switch (seen) {
            case Seen.Absent absent -> List.of();
            case Seen.Present(var key, var version, var content) -> read(key, content);
        };
    }

    private static List<CommitId> read(String key, String text) {
        try {
            var commits = new ArrayList<CommitId>();
            JSON.readTree(text).path("commits").forEach(commit -> commits.add(new CommitId(commit.asText())));
            return commits;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalStateException(key + " holds no commits; delete it, and push again: " + e.getMessage(), e);
        }
    }

    private static String text(List<CommitId> commits) {
        var json = JSON.createObjectNode();
        var array = json.putArray("commits");
        commits.forEach(commit -> array.add(commit.hex()));
        return json.toString();
    }
}
