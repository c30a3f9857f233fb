package dev.sledge.advice;

import java.util.Set;

/**
 * How an image is named.
 *
 * @param tag what follows the last colon; {@code latest} if there is none
 * @param pinned whether a digest follows, so that the tag does not matter
 */
record FloatingTag(String name, String tag, boolean pinned) {
    private static final Set<String> MOVING = Set.of(
            "lts",
            "stable",
            "edge",
            "current",
            "mainline",
            "nightly",
            "rolling",
            "main",
            "master",
            "dev",
            "develop",
            "development",
            "devel",
            "unstable",
            "canary",
            "next",
            "head",
            "tip",
            "release",
            "snapshot");

    /** Images of Docker Hub's library that carry tags with versions. */
    private static final Set<String> LIBRARY = Set.of(
            "alpine",
            "debian",
            "ubuntu",
            "node",
            "python",
            "golang",
            "rust",
            "nginx",
            "httpd",
            "php",
            "ruby",
            "openjdk",
            "eclipse-temurin",
            "amazoncorretto",
            "maven",
            "gradle",
            "postgres",
            "mysql",
            "mariadb",
            "redis",
            "busybox",
            "fedora",
            "centos",
            "rockylinux",
            "almalinux",
            "amazonlinux",
            "archlinux",
            "elixir",
            "erlang",
            "haskell",
            "perl",
            "swift",
            "julia",
            "caddy",
            "traefik",
            "haproxy",
            "tomcat",
            "jetty",
            "wordpress",
            "composer",
            "buildpack-deps",
            "mongo",
            "rabbitmq",
            "memcached",
            "clojure",
            "dart",
            "bash",
            "docker",
            "sbt",
            "groovy");

    static FloatingTag of(String reference) {
        int at = reference.indexOf('@');
        var named = at < 0 ? reference : reference.substring(0, at);
        int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
        return new FloatingTag(
                colon < 0 ? named : named.substring(0, colon),
                colon < 0 ? "latest" : named.substring(colon + 1),
                at >= 0);
    }

    /** Whether the tag names the newest of all. */
    boolean isLatest() {
        return !pinned && tag.equals("latest");
    }

    /** Whether the tag names whatever is newest of some kind. */
    boolean isMoving() {
        return isLatest() || (!pinned && MOVING.contains(tag));
    }

    /** Whether tags with versions are known to exist: some publishers give none away, and some names are local ones. */
    boolean hasVersions() {
        boolean local = !name.contains("/") && !LIBRARY.contains(name);
        return !local && !name.startsWith("gcr.io/distroless/") && !name.startsWith("cgr.dev/");
    }
}
