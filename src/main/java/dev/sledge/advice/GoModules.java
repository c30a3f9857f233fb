package dev.sledge.advice;

import dev.sledge.advice.Install.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Go's modules. */
final class GoModules implements Ecosystem {
    private static final Set<String> BUILDS = Set.of("build", "install", "test", "vet", "run", "generate", "get");
    private static final String[] VALUED = {
        "-o", "-tags", "-ldflags", "-gcflags", "-asmflags", "-mod", "-p", "-C", "-modfile", "-run", "-timeout"
    };
    private static final Pattern REMOTE = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+/.*");
    private static final Pattern MEMBER = Pattern.compile("([^/]+/){1,3}go\\.(mod|sum)");
    private static final Set<String> MANIFESTS = Set.of("go.mod", "go.sum", "go.work", "go.work.sum");

    @Override
    public String name() {
        return "Go";
    }

    @Override
    public Optional<Install> install(ShellCommand command) {
        if (!command.is("go")) return Optional.empty();
        var operands = command.operands(VALUED);
        if (operands.isEmpty() || command.has("-mod=vendor")) return Optional.empty();
        var packages = operands.subList(1, operands.size());
        if (operands.getFirst().equals("mod")) {
            return packages.equals(List.of("download"))
                    ? Optional.of(new Install(this, Kind.DOWNLOAD, command).in(command.values("-C")))
                    : Optional.empty();
        }
        if (!BUILDS.contains(operands.getFirst())) return Optional.empty();
        boolean versioned = packages.stream().anyMatch(name -> name.contains("@"));
        if (versioned) {
            return operands.getFirst().equals("install")
                    ? Optional.of(new Install(this, Kind.INDEPENDENT, command))
                    : Optional.empty();
        }
        // Outside of a module, as it was before there were any.
        boolean remote = packages.stream().anyMatch(name -> REMOTE.matcher(name).matches());
        return remote ? Optional.empty() : Optional.of(new Install(this, Kind.BUILD, command).in(command.values("-C")));
    }

    @Override
    public boolean isMain(Install install, String path) {
        return path.equals("go.mod");
    }

    @Override
    public boolean isManifest(Install install, String path) {
        return MANIFESTS.contains(path) || MEMBER.matcher(path).matches();
    }

    /** Without a {@code go.sum} nothing is depended on. */
    @Override
    public boolean isVendored(Project project) {
        return project.has("vendor/modules.txt") || !(project.has("go.sum") || project.has("go.work"));
    }

    @Override
    public String download(Install install, Project project) {
        var directory = install.command().values("-C");
        return "go" + (directory.isEmpty() ? "" : " -C " + directory.getLast()) + " mod download";
    }

    @Override
    public boolean fetchesIntoHome() {
        return true;
    }

    @Override
    public double seconds() {
        return 25;
    }
}
