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
import java.util.Optional;

/**
 * Repositories of GitLab. A symbolic link is read as a file that holds its target; GitLab does not tell them apart here.
 *
 * @see <a href="https://docs.gitlab.com/api/repository_files/">repository files</a>
 * @see <a href="https://docs.gitlab.com/api/repositories/">repositories</a>
 */
final class GitLabSources implements SourceFiles, SourceTrees, Commits {
    private static final int PAGES = 10_000;

    private final ForgeHttp http;
    private final Reading reading;

    GitLabSources(ForgeHttp http) {
        this.http = http;
        this.reading = new Reading(http, "read_api and read_repository");
    }

    private static String root(Repository repository) {
        return "/projects/" + PathText.whole(repository.fullName());
    }

    @Override
    public URI remote(Repository repository) {
        return http.site().remote(repository);
    }

    @Override
    public SourceFile read(Repository repository, CommitId commit, String path) {
        PathText.inRepository(path);
        var answer = reading.ask(root(repository) + "/repository/files/" + PathText.whole(path) + "/raw?ref=" + commit);
        if (answer.status() == 404) {
            reading.must(root(repository) + "/repository/commits/" + commit, "commit " + commit + " of " + repository);
            return isDirectory(repository, commit, path) ? Reading.DIRECTORY : new SourceFile.Missing();
        }
        return Reading.found(reading.ok(answer, Reading.file(repository, path)).body());
    }

    /** GitLab has no such file, and no such tree: only a listing tells a directory. */
    private boolean isDirectory(Repository repository, CommitId commit, String path) {
        var answer = reading.ask(
                root(repository) + "/repository/tree?path=" + PathText.whole(path) + "&per_page=1&ref=" + commit);
        return answer.isOk() && !answer.json().isEmpty();
    }

    @Override
    public SourceTree tree(Repository repository, CommitId commit) {
        var entries = new TreeEntries();
        var answer = reading.must(
                root(repository) + "/repository/tree?recursive=true&pagination=keyset&per_page=100&ref=" + commit,
                Reading.tree(repository));
        for (var page = 1; page <= PAGES; page++) {
            answer.json().forEach(entry -> entries.add("", entry, "id"));
            Optional<URI> next = answer.next();
            if (next.isEmpty()) {
                return entries.tree();
            }
            answer = reading.ok(reading.ask(next.get()), Reading.tree(repository));
        }
        throw new SourceUnavailableException(Reading.tree(repository) + " has more than " + PAGES + " pages");
    }

    @Override
    public Commit find(Repository repository, String name) {
        var revision = new Revision(name);
        var what = "'" + name + "' of " + repository;
        var json = revision.isHash()
                ? reading.must(root(repository) + "/repository/commits/" + name, what)
                        .json()
                : reading.must(root(repository) + "/repository/branches/" + PathText.whole(name), what)
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
