package dev.sledge.advice;

import dev.sledge.advice.Install.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Rust's Cargo, with or without cargo-chef. */
final class Cargo implements Ecosystem {
    private static final Set<String> BUILDS = Set.of("build", "b", "test", "t", "check", "c", "run", "r", "clippy");
    private static final String[] VALUED = {
        "--manifest-path",
        "--target",
        "--bin",
        "-p",
        "--package",
        "--features",
        "-F",
        "--profile",
        "--path",
        "--root",
        "--target-dir",
        "-j",
        "--jobs",
        "--example",
        "--version",
        "--git",
        "--branch",
        "--tag",
        "--rev"
    };
    private static final Pattern MANIFEST = Pattern.compile(
            "Cargo\\.(toml|lock)|rust-toolchain(\\.toml)?|\\.cargo/.+|(?!.*\\btarget/)([^/]+/){1,3}Cargo\\.toml");

    @Override
    public String name() {
        return "Cargo";
    }

    @Override
    public Optional<Install> install(ShellCommand command) {
        if (!command.is("cargo")) return Optional.empty();
        var operands = command.operands(VALUED).stream()
                .filter(word -> !word.startsWith("+"))
                .toList();
        if (operands.isEmpty()) return Optional.empty();
        var manifest = command.values("--manifest-path");
        var directory = manifest.isEmpty() ? "" : ImagePath.parent(manifest.getLast());
        var subcommand = operands.getFirst();
        boolean cooked = subcommand.equals("chef") && operands.contains("cook");
        if (cooked || subcommand.equals("fetch")) {
            return Optional.of(new Install(this, Kind.DOWNLOAD, command, directory, List.of()));
        }
        if (subcommand.equals("install")) {
            var paths = command.values("--path");
            if (!paths.isEmpty()) return Optional.of(new Install(this, Kind.BUILD, command).in(paths));
            return operands.size() > 1 ? Optional.of(new Install(this, Kind.INDEPENDENT, command)) : Optional.empty();
        }
        return BUILDS.contains(subcommand)
                ? Optional.of(new Install(this, Kind.BUILD, command, directory, List.of()))
                : Optional.empty();
    }

    @Override
    public boolean isMain(Install install, String path) {
        return path.equals("Cargo.toml");
    }

    @Override
    public boolean isManifest(Install install, String path) {
        return MANIFEST.matcher(path).matches();
    }

    /** Whether the crates lie in the repository; also where a build caches what it compiles by itself. */
    @Override
    public boolean isVendored(Project project) {
        return project.hasDirectory("vendor") && (project.has(".cargo/config.toml") || project.has(".cargo/config"));
    }

    /**
     * Builds the dependencies with an empty crate in the place of the real one.
     */
    @Override
    public String download(Install install, Project project) {
        if (install.kind() == Kind.DOWNLOAD || isWorkspace(project)) return "cargo fetch";
        var stubs = new ArrayList<String>();
        if (project.has("src/main.rs") || !project.has("src/lib.rs")) stubs.add("echo 'fn main() {}' > src/main.rs");
        if (project.has("src/lib.rs")) stubs.add("touch src/lib.rs");
        var release = install.command().has("--release", "-r") ? " --release" : "";
        return "mkdir src && " + String.join(" && ", stubs) + " && cargo build" + release + " && rm -r src";
    }

    /** Cargo goes by times, and a copied file may be older than what was built in its place. */
    @Override
    public String preparation(Project project) {
        if (isWorkspace(project)) return "";
        return "touch"
                + (project.has("src/main.rs") ? " src/main.rs" : "")
                + (project.has("src/lib.rs") ? " src/lib.rs" : "");
    }

    @Override
    public boolean isDownloadSure(Install install, Project project) {
        return install.kind() == Kind.DOWNLOAD || !isWorkspace(project);
    }

    private static boolean isWorkspace(Project project) {
        return project.context().below(project.directory()).stream()
                        .filter(path -> ImagePath.name(path).equals("Cargo.toml"))
                        .count()
                > 1;
    }

    @Override
    public boolean fetchesIntoHome() {
        return true;
    }

    @Override
    public double seconds() {
        return 120;
    }
}
