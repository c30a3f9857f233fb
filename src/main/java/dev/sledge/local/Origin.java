package dev.sledge.local;

import dev.sledge.event.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a git repository on this machine is a copy of. */
final class Origin {
    /** {@code https://host/owner/name.git}, {@code ssh://git@host/owner/name}, {@code git@host:owner/name.git}. */
    private static final Pattern ORIGIN = Pattern.compile(
            "(?:[a-z+]+://)?(?:[^@/]+@)?([A-Za-z0-9][A-Za-z0-9.-]*)(?::[0-9]+/|[:/])([^/].*?)(?:\\.git)?/?");

    private Origin() {}

    /** The repository's name at the forge that origin points to, so that names are as in the cloud; else the directory's name. */
    static Repository name(org.eclipse.jgit.lib.Repository git) throws IOException {
        var origin = git.getConfig().getString("remote", "origin", "url");
        var forge = ORIGIN.matcher(origin == null ? "" : origin);
        if (forge.matches()) {
            return new Repository(forge.group(1), forge.group(2));
        }
        var name = root(git).toFile().getName();
        return new Repository("local", name.isEmpty() ? "repository" : name);
    }

    /** Where its files are; of a bare repository, the repository's own directory. */
    static Path root(org.eclipse.jgit.lib.Repository git) throws IOException {
        return (git.isBare() ? git.getDirectory() : git.getWorkTree())
                .getCanonicalFile()
                .toPath();
    }
}
