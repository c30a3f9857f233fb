package dev.sledge.advice;

import java.util.Optional;

/**
 * How the projects of one package manager fetch what they depend on, and which files tell what that is.
 *
 * <p>Paths of a project are relative to its directory, the one that holds its main manifest.
 */
interface Ecosystem {
    /** The package manager's name, or the ecosystem's if it has several. */
    String name();

    /** What {@code command} fetches; empty if it is another's command, or fetches nothing. */
    Optional<Install> install(ShellCommand command);

    /** Whether a file of the project belongs to its main manifests: without one there is nothing to install. */
    boolean isMain(Install install, String path);

    /** Whether the install reads the file before it looks at any source. */
    boolean isManifest(Install install, String path);

    /** Whether the project carries what it depends on with it, so that nothing is fetched. */
    default boolean isVendored(Project project) {
        return false;
    }

    /** Whether what is fetched goes to the user's home: then a step whose cache mount covers that keeps nothing itself. */
    default boolean fetchesIntoHome() {
        return false;
    }

    /** What to run when only the manifests are there. */
    default String download(Install install, Project project) {
        return install.command().text();
    }

    /** What to run before the sources are built with what was downloaded; empty for most. */
    default String preparation(Project project) {
        return "";
    }

    /** Whether {@link #download} is known to do for any project, rather than for most. */
    default boolean isDownloadSure(Install install, Project project) {
        return true;
    }

    /** How long an install takes, in seconds, as a rough guess for putting findings in order. */
    double seconds();

    /** A project in the build context. */
    record Project(BuildContext context, String directory) {
        boolean has(String path) {
            return context.has(directory.isEmpty() ? path : directory + "/" + path);
        }

        boolean hasDirectory(String path) {
            return context.hasDirectory(directory.isEmpty() ? path : directory + "/" + path);
        }

        /** Whether any sent file of the project ends so. */
        boolean hasEnding(String ending) {
            return context.below(directory).stream().anyMatch(path -> path.endsWith(ending));
        }
    }
}
