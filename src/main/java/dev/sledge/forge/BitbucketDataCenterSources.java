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
 * Repositories of Bitbucket Data Center. Its API knows no modes: the tree is fetched by git.
 *
 * @see <a href="https://developer.atlassian.com/server/bitbucket/rest/">REST API</a>
 */
final class BitbucketDataCenterSources implements SourceFiles, SourceTrees, Commits {
    private final ForgeHttp http;
    private final Reading reading;

    BitbucketDataCenterSources(ForgeHttp http) {
        this.http = http;
        this.reading = new Reading(http, "read access to the repository");
    }

    /** {@code PROJECT/slug}; a person's own project has a key that begins with {@code ~}. */
    static String root(Repository repository) {
        var name = repository.fullName();
        var slash = name.indexOf('/');
        if (slash < 0) {
            throw new SourceUnavailableException("'" + name + "' is no PROJECT/repository");
        }
        return "/projects/" + PathText.whole(name.substring(0, slash)) + "/repos/"
                + PathText.whole(name.substring(slash + 1));
    }

    private static String api(Repository repository) {
        return "/api/1.0" + root(repository);
    }

    @Override
    public URI remote(Repository repository) {
        return http.site().remote(repository);
    }

    @Override
    public SourceFile read(Repository repository, CommitId commit, String path) {
        var encoded = PathText.inRepository(path);
        var answer = reading.ask(api(repository) + "/browse/" + encoded + "?type=true&at=" + commit);
        if (answer.status() == 404) {
            reading.must(api(repository) + "/commits/" + commit, "commit " + commit + " of " + repository);
            return new SourceFile.Missing();
        }
        var type = reading.ok(answer, Reading.file(repository, path)).json().path("type");
        return switch (type.asText()) {
            case "DIRECTORY" -> Reading.DIRECTORY;
            case "SUBMODULE" -> new SourceFile.Unreadable("it is a submodule; name a file of this repository");
            case "FILE" ->
                Reading.found(reading.must(
                                api(repository) + "/raw/" + encoded + "?at=" + commit, Reading.file(repository, path))
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
        if (revision.isHash()) {
            var json = reading.must(api(repository) + "/commits/" + name, what).json();
            return revision.found(json.path("id").asText(), json.path("message").asText());
        }
        var until = PathText.whole("refs/heads/" + name);
        var newest = reading.must(api(repository) + "/commits?limit=1&until=" + until, what)
                .json()
                .path("values")
                .path(0);
        return revision.found(newest.path("id").asText(), newest.path("message").asText());
    }

    /** Newer versions have moved it. */
    @Override
    public GitRef.Branch defaultBranch(Repository repository) {
        var answer = reading.ask("/api/latest" + root(repository) + "/default-branch");
        if (answer.status() == 404) {
            answer = reading.ask(api(repository) + "/branches/default");
        }
        return new GitRef.Branch(reading.ok(answer, "the default branch of " + repository)
                .json()
                .path("displayId")
                .asText());
    }
}
