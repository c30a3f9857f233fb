package dev.sledge.advice;

import java.util.List;

/**
 * A command that fetches what a project depends on.
 *
 * @param directory of the project as the command has it, relative to its working directory; empty for that itself
 * @param named files that the command names as its manifests, relative to its working directory
 */
record Install(Ecosystem ecosystem, Kind kind, ShellCommand command, String directory, List<String> named) {
    /** What it needs of the context. */
    enum Kind {
        /** Only the manifests: it may run before the sources are copied. */
        DOWNLOAD,
        /** The sources, too: it fetches and builds in one. */
        BUILD,
        /** Nothing: it names what it fetches. */
        INDEPENDENT
    }

    Install {
        named = List.copyOf(named);
    }

    Install(Ecosystem ecosystem, Kind kind, ShellCommand command) {
        this(ecosystem, kind, command, "", List.of());
    }

    Install in(List<String> directories) {
        return directories.isEmpty() ? this : new Install(ecosystem, kind, command, directories.getLast(), named);
    }

    /** The directory of the project in the image. */
    String projectDirectory(String workdir) {
        return ImagePath.of(ImagePath.of(workdir, command.directory()), directory);
    }
}
