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

/**
 * Repositories of Gitea and Forgejo.
 *
 * @see <a href="https://docs.gitea.com/api">API of Gitea</a>
 */
final class GiteaSources implements SourceFiles, SourceTrees, Commits {
    /** A page of a tree has 1,000 entries unless its owner wants fewer. */
    private static final int PAGES = 1_000;

    private final ForgeHttp http;
    private final Reading reading;

    GiteaSources(ForgeHttp http) {
        this.http = http;
        this.reading = new Reading(http, "read:repository");
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
        var answer = reading.ask(root(repository) + "/contents/" + PathText.inRepository(path) + "?ref=" + commit);
        if (answer.status() == 404) {
            requireCommit(repository, commit);
            return new SourceFile.Missing();
        }
        var json = reading.ok(answer, Reading.file(repository, path)).json();
        return switch (json.isArray() ? "dir" : json.path("type").asText()) {
            case "dir" -> Reading.DIRECTORY;
            case "symlink" -> Reading.SYMLINK;
            case "submodule" -> new SourceFile.Unreadable("it is a submodule; name a file of this repository");
            // Above what its owner allows the content is not in the answer.
            case "file" ->
                json.path("encoding").asText().equals("base64")
                        ? Reading.decoded(json.path("content").asText())
                        : raw(repository, commit, path);
            default -> throw new SourceUnavailableException("Gitea does not say what '" + path + "' is");
        };
    }

    private SourceFile raw(Repository repository, CommitId commit, String path) {
        var address = root(repository) + "/raw/" + PathText.inRepository(path) + "?ref=" + commit;
        return Reading.found(
                reading.must(address, Reading.file(repository, path)).body());
    }

    private void requireCommit(Repository repository, CommitId commit) {
        reading.must(root(repository) + "/git/commits/" + commit, "commit " + commit + " of " + repository);
    }

    @Override
    public SourceTree tree(Repository repository, CommitId commit) {
        var entries = new TreeEntries();
        var listed = 0;
        for (var page = 1; page <= PAGES; page++) {
            var address = root(repository) + "/git/trees/" + commit + "?recursive=true&per_page=1000&page=" + page;
            var json = reading.must(address, Reading.tree(repository)).json();
            json.path("tree").forEach(entry -> entries.add("", entry, "sha"));
            listed += json.path("tree").size();
            if (!json.path("truncated").asBoolean()) {
                requireAll(repository, listed, json.path("total_count").asInt(listed));
                return entries.tree();
            }
            if (json.path("tree").isEmpty()) {
                break;
            }
        }
        throw new SourceUnavailableException("Gitea does not list all of " + repository);
    }

    private static void requireAll(Repository repository, int listed, int total) {
        if (listed < total) {
            throw new SourceUnavailableException(
                    "Gitea listed " + listed + " of " + total + " entries of " + repository);
        }
    }

    @Override
    public Commit find(Repository repository, String name) {
        var revision = new Revision(name);
        var what = "'" + name + "' of " + repository;
        if (revision.isHash()) {
            var json = reading.must(root(repository) + "/git/commits/" + name, what)
                    .json();
            return revision.found(
                    json.path("sha").asText(),
                    json.path("commit").path("message").asText());
        }
        var json = reading.must(root(repository) + "/branches/" + PathText.of(name), what)
                .json()
                .path("commit");
        return revision.found(json.path("id").asText(), json.path("message").asText());
    }

    @Override
    public GitRef.Branch defaultBranch(Repository repository) {
        return new GitRef.Branch(reading.must(root(repository), repository.toString())
                .json()
                .path("default_branch")
                .asText());
    }
}
