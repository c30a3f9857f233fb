package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction.Run;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The installs among the commands of a {@code RUN}. */
final class Installs {
    /** In the order in which a command is offered to them. */
    private static final List<Ecosystem> ECOSYSTEMS = List.of(
            new NodePackages(),
            new Maven(),
            new Gradle(),
            new GoModules(),
            new Cargo(),
            new PythonPackages(),
            new Bundler(),
            new Composer(),
            new Mix(),
            new Dotnet(),
            new SystemPackages());

    /** Commands that often stand beside an install and depend on no file of the context. */
    private static final Set<String> BESIDE = Set.of(
            "cd",
            "set",
            "export",
            "echo",
            "corepack",
            "mkdir",
            "ls",
            "pwd",
            "true",
            ":",
            "rm",
            "update-ca-certificates",
            "useradd",
            "adduser",
            "groupadd",
            "addgroup");

    /** Subcommands that refresh lists of packages or empty caches. */
    private static final Set<String> HOUSEKEEPING =
            Set.of("update", "clean", "autoremove", "autoclean", "upgrade", "cache", "config", "makecache", "purge");

    private Installs() {}

    /** The install that a command is; empty if it is none. */
    static Optional<Install> find(ShellCommand command) {
        // What may not use the network fetches nothing.
        if (command.has("--offline", "--no-index")) return Optional.empty();
        return ECOSYSTEMS.stream()
                .map(ecosystem -> ecosystem.install(command))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Those of a {@code RUN}, in their order. */
    static List<Install> of(Run run) {
        return ShellScript.commands(run).stream()
                .map(Installs::find)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether a {@code RUN} does nothing but fetch, so that it reads no variable of a build and no source. */
    static boolean isOnlyDownload(Run run) {
        var commands = ShellScript.commands(run);
        return commands.stream()
                        .allMatch(command -> isBeside(command)
                                || find(command)
                                        .filter(install -> install.kind() != Install.Kind.BUILD)
                                        .isPresent())
                && commands.stream().anyMatch(command -> find(command).isPresent());
    }

    /** Whether a {@code RUN} does nothing but fetch what its own text names. */
    static boolean isIndependent(Run run) {
        var installs = of(run);
        return isOnlyDownload(run)
                && installs.stream().allMatch(install -> install.kind() == Install.Kind.INDEPENDENT)
                && run.mounts().stream().noneMatch(mount -> mount.readsContext());
    }

    /** Whether a command only makes ready for an install, or clears up after it. */
    static boolean isBeside(ShellCommand command) {
        boolean manager = Set.of(
                        "apt-get", "apt", "apk", "yum", "dnf", "microdnf", "npm", "yarn", "pnpm", "pip", "pip3", "gem")
                .contains(command.program());
        return BESIDE.contains(command.program()) || (manager && HOUSEKEEPING.contains(command.subcommand("-o", "-c")));
    }
}
