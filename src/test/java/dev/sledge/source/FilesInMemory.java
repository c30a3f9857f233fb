package dev.sledge.source;

import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One repository whose commits are maps. */
public final class FilesInMemory implements SourceFiles, Commits {
    private final Repository repository;
    private final Map<CommitId, Map<String, byte[]>> commits = new HashMap<>();

    private final Map<CommitId, String> messages = new HashMap<>();
    private final Map<String, CommitId> branches = new HashMap<>();

    public FilesInMemory(Repository repository) {
        this.repository = repository;
    }

    /** Commits files, given by path as text. */
    public CommitId commitText(Map<String, String> files) {
        var bytes = new TreeMap<String, byte[]>();
        files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return commit(bytes);
    }

    /** What a commit says, which is nothing unless it is told here. */
    public void setMessage(CommitId commit, String message) {
        messages.put(commit, message);
    }

    /** Where a branch points. */
    public void setBranch(String name, CommitId commit) {
        branches.put(name, commit);
    }

    CommitId commit(Map<String, byte[]> files) {
        var commit = new CommitId("%040x".formatted(0xc0ffee + commits.size()));
        commits.put(commit, Map.copyOf(files));
        return commit;
    }

    @Override
    public SourceFile read(Repository of, CommitId commit, String path) {
        var files = commits.get(commit);
        if (!of.equals(repository) || files == null) {
            throw new SourceUnavailableException("there is no " + commit + " of " + of);
        }
        var content = files.get(path);
        if (content != null) {
            return new SourceFile.Found(content);
        }
        var directory = files.keySet().stream().anyMatch(file -> file.startsWith(path + "/"));
        return directory ? new SourceFile.Unreadable("it is a directory; name a file in it") : new SourceFile.Missing();
    }

    @Override
    public Commit find(Repository of, String revision) {
        return Optional.ofNullable(branches.get(revision))
                .or(() -> commits.keySet().stream()
                        .filter(commit -> commit.hex().startsWith(revision))
                        .findFirst())
                .map(commit -> new Commit(commit, messages.getOrDefault(commit, "")))
                .orElseThrow(() -> new SourceUnavailableException("there is no " + revision + " of " + of));
    }

    @Override
    public GitRef.Branch defaultBranch(Repository of) {
        return new GitRef.Branch("main");
    }

    @Override
    public URI remote(Repository of) {
        return URI.create("https://" + of.host() + "/" + of.fullName() + ".git");
    }
}
