package dev.sledge.event;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of forge that send webhooks. CodeCommit is none of them: it speaks through EventBridge. */
public enum Forge {
    /** github.com and GitHub Enterprise Server. */
    GITHUB("github", "https://github.com"),
    /** gitlab.com and GitLab on a machine of one's own. */
    GITLAB("gitlab", "https://gitlab.com"),
    /** Bitbucket Cloud. */
    BITBUCKET("bitbucket", "https://bitbucket.org"),
    BITBUCKET_DC("bitbucket-dc", ""),
    /** Gitea and Forgejo; deliveries of Gogs too. */
    GITEA("gitea", "");

    private final String route;
    private final String home;

    Forge(String route, String home) {
        this.route = route;
        this.home = home;
    }

    /** The last component of the path that its webhooks post to, {@code /hook/{route}}. */
    public String route() {
        return route;
    }

    /** The site that everybody means, where there is one; the others live on hosts of their owners. */
    public Optional<URI> home() {
        return home.isEmpty() ? Optional.empty() : Optional.of(URI.create(home));
    }

    /**
     * The host of a site as repositories carry it: in lower case, its port only if that is not the usual one.
     *
     * @throws IllegalArgumentException if the address has no host
     */
    public static String host(URI site) {
        if (site.getHost() == null || site.getScheme() == null) {
            throw new IllegalArgumentException("the address of a site is written https://git.example.com");
        }
        var usual = site.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        var port = site.getPort() < 0 || site.getPort() == usual ? "" : ":" + site.getPort();
        return site.getHost().toLowerCase(Locale.ROOT) + port;
    }

    public static Optional<Forge> ofRoute(String route) {
        return Arrays.stream(values())
                .filter(forge -> forge.route.equals(route))
                .findFirst();
    }
}
