package dev.sledge.forge;

import dev.sledge.build.CommitStatus;
import dev.sledge.build.CommitStatuses;
import dev.sledge.build.StatusNotToldException;
import dev.sledge.event.CommitId;
import dev.sledge.event.GitRef;
import dev.sledge.event.Repository;
import dev.sledge.pipeline.HooksUnavailableException;
import dev.sledge.pipeline.RepositoryHooks;
import dev.sledge.source.Commits;
import dev.sledge.source.SourceFile;
import dev.sledge.source.SourceFiles;
import dev.sledge.source.SourceTree;
import dev.sledge.source.SourceTrees;
import dev.sledge.source.SourceUnavailableException;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All forges that are configured: each repository is asked for at the one that its host names, and at no other. */
public final class Forges implements SourceFiles, SourceTrees, Commits, CommitStatuses, RepositoryHooks {
    private final Map<String, ForgeSite> sites = new HashMap<>();
    private final Map<String, Client> clients = new HashMap<>();

    /** One forge. */
    private record Client(
            SourceFiles files, SourceTrees trees, Commits commits, CommitStatuses statuses, RepositoryHooks hooks) {
        static Client of(ForgeHttp http) {
            return switch (http.site().forge()) {
                case GITHUB -> of(http, new GitHubSources(http));
                case GITLAB -> of(http, new GitLabSources(http));
                case GITEA -> of(http, new GiteaSources(http));
                case BITBUCKET -> of(http, new BitbucketSources(http));
                case BITBUCKET_DC -> of(http, new BitbucketDataCenterSources(http));
            };
        }

        private static <S extends SourceFiles & SourceTrees & Commits> Client of(ForgeHttp http, S sources) {
            return new Client(sources, sources, sources, new ForgeStatuses(http), new ForgeHooks(http));
        }
    }

    /** With the patience that a push can afford. */
    public Forges(List<ForgeSite> sites) {
        this(sites, Patience.usual(), InstantSource.system());
    }

    Forges(List<ForgeSite> sites, Patience patience, InstantSource clock) {
        for (var site : sites) {
            this.sites.put(site.host(), site);
            clients.put(site.host(), Client.of(new ForgeHttp(site, patience, clock)));
        }
    }

    private Optional<Client> find(Repository repository) {
        return Optional.ofNullable(clients.get(repository.host()));
    }

    private static String unknown(Repository repository) {
        return "no forge at " + repository.host() + " is configured";
    }

    private Client source(Repository repository) {
        return find(repository).orElseThrow(() -> new SourceUnavailableException(unknown(repository)));
    }

    private RepositoryHooks hooks(Repository repository) {
        return find(repository)
                .orElseThrow(() -> new HooksUnavailableException(unknown(repository)))
                .hooks();
    }

    @Override
    public SourceFile read(Repository repository, CommitId commit, String path) {
        return source(repository).files().read(repository, commit, path);
    }

    @Override
    public URI remote(Repository repository) {
        return source(repository).files().remote(repository);
    }

    /**
     * What git must know to fetch a repository with its forge's token, as environment variables; empty where there is none. The token is
     * good for the forge's own address alone, and no redirect carries it elsewhere.
     *
     * @see <a href="https://git-scm.com/docs/git-config#Documentation/git-config.txt-GITCONFIGCOUNT">GIT_CONFIG_COUNT</a>
     */
    public Map<String, String> gitEnvironment(Repository repository) {
        var site = sites.get(repository.host());
        return site != null && site.token() instanceof ForgeToken.Secret token
                ? Map.of(
                        "GIT_CONFIG_COUNT", "2",
                        "GIT_CONFIG_KEY_0", "http." + site.url() + "/.extraHeader",
                        "GIT_CONFIG_VALUE_0", "Authorization: " + token.gitAuthorization(site.forge()),
                        "GIT_CONFIG_KEY_1", "http.followRedirects",
                        "GIT_CONFIG_VALUE_1", "false")
                : Map.of();
    }

    /**
     * The same with the token left to a variable that whoever runs git sets: no value here is secret.
     *
     * @param variable the name of that variable
     */
    public Map<String, String> gitEnvironment(Repository repository, String variable) {
        var site = sites.get(repository.host());
        return site != null && site.token() instanceof ForgeToken.Secret token
                ? Map.of(
                        "GIT_CONFIG_COUNT", "2",
                        "GIT_CONFIG_KEY_0", "credential." + site.url() + ".helper",
                        "GIT_CONFIG_VALUE_0",
                                "!f() { if [ \"$1\" = get ]; then echo 'username="
                                        + token.gitUser(site.forge()).replace("'", "'\\''")
                                        + "'; echo \"password=$" + variable + "\"; fi; }; f",
                        "GIT_CONFIG_KEY_1", "http.followRedirects",
                        "GIT_CONFIG_VALUE_1", "false")
                : Map.of();
    }

    @Override
    public SourceTree tree(Repository repository, CommitId commit) {
        return source(repository).trees().tree(repository, commit);
    }

    @Override
    public Commit find(Repository repository, String revision) {
        return source(repository).commits().find(repository, revision);
    }

    @Override
    public GitRef.Branch defaultBranch(Repository repository) {
        return source(repository).commits().defaultBranch(repository);
    }

    @Override
    public void tell(Repository repository, GitRef ref, CommitId commit, CommitStatus status) {
        find(repository)
                .orElseThrow(() -> new StatusNotToldException(unknown(repository)))
                .statuses()
                .tell(repository, ref, commit, status);
    }

    @Override
    public List<Registered> list(Repository repository) {
        return hooks(repository).list(repository);
    }

    @Override
    public void register(Repository repository, Registration registration) {
        hooks(repository).register(repository, registration);
    }
}
