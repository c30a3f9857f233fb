package dev.sledge.forge;

import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.source.Commits;
import dev.sledge.source.SourceFile;
import dev.sledge.source.SourceFiles;
import dev.sledge.source.SourceTree;
import dev.sledge.source.SourceTrees;
import dev.sledge.source.SourceUnavailableException;
import java.net.URI;
import java.util.ArrayDeque;

/**
 * Repositories of GitHub. A symbolic link to a file is followed by the forge itself.
 *
 * @see <a href="https://docs.github.com/en/rest/repos/contents">contents</a>
 * @see <a href="https://docs.github.com/en/rest/git/trees">trees</a>
 */
final class GitHubSources implements SourceFiles, SourceTrees, Commits {
    /** Requests for one tree at most: a repository that needs more is larger than any that is built. */
    private static final int REQUESTS = 500;

    private static final String OBJECT = "application/vnd.github.object+json";
    private static final String RAW = "application/vnd.github.raw+json";

    private final ForgeHttp http;
    private final Reading reading;

    GitHubSources(ForgeHttp http) {
        this.http = http;
        this.reading = new Reading(http, "contents: read");
    }

    private static String root(Repository repository) {
        return "/repos/" + PathText.of(repository.fullName());
    }

    @Override
    public URI remote(Repository repository) {
        return http.site().remote(repository);
    }

    @Override
    public SourceFile read(Repository repository, CommitId commit, String path) {
        var address = root(repository) + "/contents/" + PathText.inRepository(path) + "?ref=" + commit;
        var answer = ask(address, OBJECT);
        if (answer.status() == 404) {
            // Not there, or not to be seen: GitHub says the same of both.
            reading.must(root(repository) + "/git/commits/" + commit, "commit " + commit + " of " + repository);
            return new SourceFile.Missing();
        }
        var json = reading.ok(answer, Reading.file(repository, path)).json();
        return switch (json.isArray() ? "dir" : json.path("type").asText()) {
            case "dir" -> Reading.DIRECTORY;
            case "symlink" -> Reading.SYMLINK;
            case "submodule" -> new SourceFile.Unreadable("it is a submodule; name a file of this repository");
            // Above 1 MB the content is not in the answer.
            case "file" ->
                json.path("encoding").asText().equals("base64")
                        ? Reading.decoded(json.path("content").asText())
                        : Reading.found(reading.ok(ask(address, RAW), Reading.file(repository, path))
                                .body());
            default -> throw new SourceUnavailableException("GitHub does not say what '" + path + "' is");
        };
    }

    private ForgeAnswer ask(String address, String accept) {
        try {
            return http.get(address, accept);
        } catch (ForgeException e) {
            throw new SourceUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A directory and the id of its tree. */
    private record Directory(String path, String tree) {}

    /**
     * Recursively in one request, where GitHub answers with all of it (100,000 entries, 7 MB); a part that is cut is listed directory by
     * directory.
     */
    @Override
    public SourceTree tree(Repository repository, CommitId commit) {
        var entries = new TreeEntries();
        var open = new ArrayDeque<Directory>();
        open.add(new Directory("", commit.hex()));
        for (var requests = 0; !open.isEmpty(); requests += 2) {
            if (requests > REQUESTS) {
                throw new SourceUnavailableException(
                        Reading.tree(repository) + " takes more than " + REQUESTS + " requests");
            }
            var directory = open.remove();
            var address = root(repository) + "/git/trees/" + directory.tree();
            var all = reading.must(address + "?recursive=1", Reading.tree(repository))
                    .json();
            if (!all.path("truncated").asBoolean()) {
                all.path("tree").forEach(entry -> entries.add(directory.path(), entry, "sha"));
                continue;
            }
            var level = reading.must(address, Reading.tree(repository)).json();
            if (level.path("truncated").asBoolean()) {
                throw new SourceUnavailableException(
                        "GitHub does not list all of '" + directory.path() + "' of " + repository);
            }
            for (var entry : level.path("tree")) {
                if (entry.path("type").asText().equals("tree")) {
                    open.add(new Directory(
                            directory.path() + entry.path("path").asText() + "/",
                            entry.path("sha").asText()));
                } else {
                    entries.add(directory.path(), entry, "sha");
                }
            }
        }
        return entries.tree();
    }

    @Override
    public Commit find(Repository repository, String name) {
        var revision = new Revision(name);
        var what = "'" + name + "' of " + repository;
        if (revision.isHash()) {
            var json = reading.must(root(repository) + "/commits/" + name, what).json();
            return revision.found(
                    json.path("sha").asText(),
                    json.path("commit").path("message").asText());
        }
        var json = reading.must(root(repository) + "/branches/" + PathText.of(name), what)
                .json()
                .path("commit");
        return revision.found(
                json.path("sha").asText(), json.path("commit").path("message").asText());
    }

    @Override
    public GitRef.Branch defaultBranch(Repository repository) {
        return new GitRef.Branch(reading.must(root(repository), repository.toString())
                .json()
                .path("default_branch")
                .asText());
    }
}
