package dev.sledge.advice;

import dev.sledge.advice.Install.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** npm, Yarn, pnpm and Bun. */
final class NodePackages implements Ecosystem {
    static final Set<String> NPM_INSTALLS =
            Set.of("install", "i", "in", "ins", "add", "ci", "clean-install", "ic", "install-clean");
    private static final String[] DIRECTORIES = {"--prefix", "-C", "--dir", "--cwd"};
    private static final String[] VALUED = {
        "--prefix",
        "-C",
        "--dir",
        "--cwd",
        "--loglevel",
        "--registry",
        "--cache",
        "--userconfig",
        "-w",
        "--workspace",
        "--filter",
        "-F",
        "--network-timeout",
        "--mutex",
        "--cache-folder",
        "--store-dir",
        "--omit",
        "--include"
    };
    private static final Set<String> MANIFESTS = Set.of(
            "package.json",
            "package-lock.json",
            "npm-shrinkwrap.json",
            "yarn.lock",
            "pnpm-lock.yaml",
            "pnpm-workspace.yaml",
            "bun.lock",
            "bun.lockb",
            "bunfig.toml",
            ".npmrc",
            ".yarnrc",
            ".yarnrc.yml",
            ".pnpmfile.cjs",
            "prisma/schema.prisma");
    private static final Pattern BELOW = Pattern.compile("patches/.+|\\.yarn/(releases|plugins|patches)/.+");
    private static final Pattern MEMBER = Pattern.compile(
            "(packages|apps|libs|services|modules|plugins|workspaces|clients|tools)/[^/]+(/[^/]+)?/package\\.json");

    @Override
    public String name() {
        return "npm";
    }

    @Override
    public Optional<Install> install(ShellCommand written) {
        var command = written.is("corepack") && written.words().size() > 1
                ? new ShellCommand(written.arguments(), written.text(), written.directory())
                : written;
        var found = switch (command.program()) {
            case "npm" -> npm(command);
            case "yarn" -> yarn(command);
            case "pnpm" -> added(command, Set.of("install", "i", "fetch", "ci"), "add");
            case "bun" -> added(command, Set.of("install", "i", "ci"), "add");
            default -> Optional.<Kind>empty();
        };
        return found.map(kind -> new Install(this, kind, written).in(command.values(DIRECTORIES)));
    }

    private static Optional<Kind> npm(ShellCommand command) {
        var operands = command.operands(VALUED);
        if (operands.isEmpty() || !NPM_INSTALLS.contains(operands.getFirst())) return Optional.empty();
        boolean global = command.has("-g", "--global", "--location=global");
        if (operands.size() == 1) return global ? Optional.empty() : Optional.of(Kind.DOWNLOAD);
        return global ? independent(operands.subList(1, operands.size())) : Optional.empty();
    }

    private static Optional<Kind> yarn(ShellCommand command) {
        var operands = command.operands(VALUED);
        if (operands.isEmpty())
            return command.has("--version", "-v", "--help") ? Optional.empty() : Optional.of(Kind.DOWNLOAD);
        return switch (operands.getFirst()) {
            case "install" -> Optional.of(Kind.DOWNLOAD);
            case "global" -> independent(operands.subList(Math.min(2, operands.size()), operands.size()));
            case "workspaces" -> operands.contains("focus") ? Optional.of(Kind.DOWNLOAD) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Kind> added(ShellCommand command, Set<String> installs, String add) {
        var operands = command.operands(VALUED);
        if (operands.isEmpty()) return Optional.empty();
        if (installs.contains(operands.getFirst()) && operands.size() == 1) {
            return command.has("-g", "--global") ? Optional.empty() : Optional.of(Kind.DOWNLOAD);
        }
        return operands.getFirst().equals(add) && command.has("-g", "--global")
                ? independent(operands.subList(1, operands.size()))
                : Optional.empty();
    }

    private static Optional<Kind> independent(List<String> packages) {
        boolean local = packages.isEmpty()
                || packages.stream()
                        .anyMatch(name -> name.startsWith(".") || name.startsWith("/") || name.endsWith(".tgz"));
        return local ? Optional.empty() : Optional.of(Kind.INDEPENDENT);
    }

    @Override
    public boolean isMain(Install install, String path) {
        return path.equals("package.json")
                || (path.equals("pnpm-lock.yaml") && install.command().has("fetch"));
    }

    @Override
    public boolean isManifest(Install install, String path) {
        return MANIFESTS.contains(path)
                || BELOW.matcher(path).matches()
                || MEMBER.matcher(path).matches();
    }

    @Override
    public boolean isVendored(Project project) {
        return project.hasDirectory(".yarn/cache") || project.hasDirectory("node_modules");
    }

    @Override
    public double seconds() {
        return 40;
    }
}
