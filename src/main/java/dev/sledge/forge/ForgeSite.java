package dev.sledge.forge;

import dev.sledge.event.Forge;
import dev.sledge.event.Repository;
import java.net.URI;
import java.util.Locale;

/**
 * One forge that Sledge speaks with.
 *
 * @param url the site as people see it, {@code https://github.com}, {@code http://127.0.0.1:3000}; without a slash at the end
 * @param api the root of its API; the token is sent there and nowhere else
 */
public record ForgeSite(Forge forge, URI url, URI api, ForgeToken token) {
    public ForgeSite {
        requireAddress(url);
        requireAddress(api);
    }

    /** The site with its API where the forge has it. */
    public static ForgeSite of(Forge forge, URI url, ForgeToken token) {
        requireAddress(url);
        var home = forge.home().map(url::equals).orElse(false);
        var api = switch (forge) {
            case GITHUB -> home ? "https://api.github.com" : url + "/api/v3";
            case GITLAB -> url + "/api/v4";
            case BITBUCKET -> home ? "https://api.bitbucket.org/2.0" : url + "/2.0";
            case BITBUCKET_DC -> url + "/rest";
            case GITEA -> url + "/api/v1";
        };
        return new ForgeSite(forge, url, URI.create(api), token);
    }

    private static void requireAddress(URI address) {
        var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.matches("https?")
                || address.getHost() == null
                || address.getUserInfo() != null
                || address.getQuery() != null
                || address.toString().endsWith("/")) {
            throw new IllegalArgumentException(
                    "'" + address + "' is no address of a forge; write https://git.example.com");
        }
    }

    /** Host and port, as the repositories of this forge carry them. */
    public String host() {
        return Forge.host(url);
    }

    /** A repository as people see it. */
    URI page(Repository repository) {
        return switch (forge) {
            case GITHUB, GITLAB, BITBUCKET, GITEA -> URI.create(url + "/" + PathText.of(repository.fullName()));
            case BITBUCKET_DC -> URI.create(url + BitbucketDataCenterSources.root(repository));
        };
    }

    /** Where git fetches a repository; carries no credential. */
    URI remote(Repository repository) {
        return switch (forge) {
            case GITHUB, GITLAB, BITBUCKET, GITEA ->
                URI.create(url + "/" + PathText.of(repository.fullName()) + ".git");
            case BITBUCKET_DC -> URI.create(url + "/scm/" + PathText.of(repository.fullName()) + ".git");
        };
    }
}
