package dev.sledge.advice;

import dev.sledge.advice.Install.Kind;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Ruby's Bundler, and gem. */
final class Bundler implements Ecosystem {
    private static final Pattern MANIFEST =
            Pattern.compile("Gemfile|Gemfile\\.lock|[^/]+\\.gemspec|\\.ruby-version|\\.tool-versions|\\.bundle/.+");
    private static final Set<String> FLAGS = Set.of("install", "");

    @Override
    public String name() {
        return "Bundler";
    }

    @Override
    public Optional<Install> install(ShellCommand command) {
        var first = command.subcommand("--jobs", "-j", "--retry", "--path", "--without", "--gemfile", "-v");
        if (command.is("bundle") && FLAGS.contains(first) && !command.has("--version", "-v")) {
            return Optional.of(new Install(this, Kind.DOWNLOAD, command));
        }
        boolean gems = command.is("gem")
                && first.equals("install")
                && command.operands().stream().noneMatch(name -> name.endsWith(".gem"));
        return gems ? Optional.of(new Install(this, Kind.INDEPENDENT, command)) : Optional.empty();
    }

    @Override
    public boolean isMain(Install install, String path) {
        return path.equals("Gemfile");
    }

    @Override
    public boolean isManifest(Install install, String path) {
        return MANIFEST.matcher(path).matches();
    }

    @Override
    public boolean isVendored(Project project) {
        return project.hasDirectory("vendor/cache") || project.hasDirectory("vendor/bundle");
    }

    /** A gem's own specification may read its sources. */
    @Override
    public boolean isDownloadSure(Install install, Project project) {
        return !project.hasEnding(".gemspec");
    }

    @Override
    public double seconds() {
        return 50;
    }
}
