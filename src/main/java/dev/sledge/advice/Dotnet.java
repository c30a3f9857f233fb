package dev.sledge.advice;

import dev.sledge.advice.Install.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The .NET command line and NuGet. */
final class Dotnet implements Ecosystem {
    private static final Set<String> BUILDS = Set.of("build", "publish", "test", "pack", "run");
    private static final String[] VALUED = {
        "-c",
        "--configuration",
        "-o",
        "--output",
        "-r",
        "--runtime",
        "-f",
        "--framework",
        "-v",
        "--verbosity",
        "--configfile",
        "-s",
        "--source",
        "-a",
        "--arch",
        "--os",
        "--packages",
        "--version-suffix",
        "--project"
    };
    private static final Pattern MAIN = Pattern.compile("([^/]+/){0,5}[^/]+\\.(csproj|fsproj|vbproj|sln|slnx)");
    private static final Pattern MANIFEST = Pattern.compile(
            "([^/]+/){0,5}([^/]+\\.(csproj|fsproj|vbproj|esproj|sln|slnx|slnf)|Directory\\.[A-Za-z]+\\.(props|targets)"
                    + "|packages\\.lock\\.json|global\\.json|(?i:nuget\\.config))|\\.config/dotnet-tools\\.json");

    @Override
    public String name() {
        return "NuGet";
    }

    @Override
    public Optional<Install> install(ShellCommand command) {
        if (!command.is("dotnet")) return Optional.empty();
        var operands = command.operands(VALUED);
        if (operands.isEmpty()) return Optional.empty();
        var subcommand = operands.getFirst();
        if (subcommand.equals("tool") && command.has("-g", "--global") && operands.contains("install")) {
            return Optional.of(new Install(this, Kind.INDEPENDENT, command));
        }
        boolean builds = BUILDS.contains(subcommand) && !command.has("--no-restore", "--no-build");
        if (!builds && !subcommand.equals("restore")) return Optional.empty();
        var kind = builds ? Kind.BUILD : Kind.DOWNLOAD;
        return Optional.of(new Install(this, kind, command, "", List.of()));
    }

    @Override
    public boolean isMain(Install install, String path) {
        return MAIN.matcher(path).matches();
    }

    @Override
    public boolean isManifest(Install install, String path) {
        return MANIFEST.matcher(path).matches();
    }

    @Override
    public String download(Install install, Project project) {
        if (install.kind() == Kind.DOWNLOAD) return install.command().text();
        var operands = install.command().operands(VALUED);
        var runtime = install.command().values("-r", "--runtime");
        return "dotnet restore"
                + (operands.size() > 1 ? " " + operands.get(1) : "")
                + (runtime.isEmpty() ? "" : " -r " + runtime.getLast());
    }

    @Override
    public boolean fetchesIntoHome() {
        return true;
    }

    @Override
    public double seconds() {
        return 35;
    }
}
