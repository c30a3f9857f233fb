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
 * Repositories of Bitbucket Cloud. Its API knows no object ids: the tree is fetched by git.
 *
 * @see <a href="https://developer.atlassian.com/cloud/bitbucket/rest/api-group-source/">source</a>
 */
final class BitbucketSources implements SourceFiles, SourceTrees, Commits {
    private final ForgeHttp http;
    private final Reading reading;

    BitbucketSources(ForgeHttp http) {
        this.http = http;
        this.reading = new Reading(http, "repository (read)");
    }

    private static String root(Repository repository) {
        return "/repositories/" + PathText.of(repository.fullName());
    }

    @Override
    public URI remote(Repository repository) {
        return http.site().remote(repository);
    }

    @Override
    public SourceFile read(Repository repository, CommitId commit, String path) {
        var address = root(repository) + "/src/" + commit + "/" + PathText.inRepository(path);
        var answer = reading.ask(address + "?format=meta");
        if (answer.status() == 404) {
            reading.must(root(repository) + "/commit/" + commit, "commit " + commit + " of " + repository);
            return new SourceFile.Missing();
        }
        var json = reading.ok(answer, Reading.file(repository, path)).json();
        return switch (json.path("type").asText()) {
            case "commit_directory" -> Reading.DIRECTORY;
            case "commit_file" ->
                json.path("attributes").toString().contains("\"link\"")
                        ? Reading.SYMLINK
                        : Reading.found(reading.must(address, Reading.file(repository, path))
                                .body());
            default -> throw new SourceUnavailableException("Bitbucket does not say what '" + path + "' is");
        };
    }

    @Override
    public SourceTree tree(Repository repository, CommitId commit) {
        return new FetchedTrees(http.site()).tree(repository, commit);
    }

    @Override
    public Commit find(Repository repository, String name) {
        var revision = new Revision(name);
        var what = "'" + name + "' of " + repository;
        var json = revision.isHash()
                ? reading.must(root(repository) + "/commit/" + name, what).json()
                : reading.must(root(repository) + "/refs/branches/" + PathText.of(name), what)
                        .json()
                        .path("target");
        return revision.found(json.path("hash").asText(), json.path("message").asText());
    }

    @Override
    public GitRef.Branch defaultBranch(Repository repository) {
        return new GitRef.Branch(reading.must(root(repository), repository.toString())
                .json()
                .path("mainbranch")
                .path("name")
                .asText());
    }
}
