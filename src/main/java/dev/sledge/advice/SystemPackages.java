package dev.sledge.advice;

import dev.sledge.advice.Install.Kind;
import java.util.Optional;
import java.util.Set;

/** The package managers of Linux distributions: what they install stands on the command line. */
final class SystemPackages implements Ecosystem {
    private static final Set<String> PROGRAMS =
            Set.of("apt-get", "apt", "aptitude", "yum", "dnf", "microdnf", "zypper");

    @Override
    public String name() {
        return "system packages";
    }

    @Override
    public Optional<Install> install(ShellCommand command) {
        var subcommand = command.subcommand("-o", "-t", "--target-release", "-c");
        boolean installs =
                (PROGRAMS.contains(command.program()) && (subcommand.equals("install") || subcommand.equals("in")))
                        || (command.is("apk") && subcommand.equals("add"));
        if (!installs) return Optional.empty();
        boolean local = command.operands().stream()
                .anyMatch(name -> name.contains("/")
                        || name.contains("$")
                        || name.contains("*")
                        || name.contains("`")
                        || name.endsWith(".deb")
                        || name.endsWith(".rpm")
                        || name.endsWith(".apk"));
        return local || command.operands().size() < 2
                ? Optional.empty()
                : Optional.of(new Install(this, Kind.INDEPENDENT, command));
    }

    @Override
    public boolean isMain(Install install, String path) {
        return false;
    }

    @Override
    public boolean isManifest(Install install, String path) {
        return false;
    }

    @Override
    public double seconds() {
        return 25;
    }
}
