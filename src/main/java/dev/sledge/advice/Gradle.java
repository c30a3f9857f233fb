package dev.sledge.advice;

import dev.sledge.advice.Install.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Gradle and its wrapper. */
final class Gradle implements Ecosystem {
    private static final Set<String> DOWNLOADS =
            Set.of("dependencies", "resolveDependencies", "downloadDependencies", "help", "wrapper", "clean");
    private static final String[] VALUED = {"-p", "--project-dir", "-x", "--exclude-task", "-c", "-I", "-b", "-g"};
    private static final Set<String> MAIN =
            Set.of("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts");
    private static final Pattern MANIFEST = Pattern.compile("([^/]+/){0,3}[^/]+\\.gradle(\\.kts)?"
            + "|([^/]+/){0,3}gradle\\.(properties|lockfile)|gradlew|gradle/.+|(buildSrc|build-logic)/.+");

    @Override
    public String name() {
        return "Gradle";
    }

    @Override
    public Optional<Install> install(ShellCommand command) {
        if (!command.is("gradle") && !command.is("gradlew")) return Optional.empty();
        var tasks = command.operands(VALUED);
        if (tasks.isEmpty() || tasks.equals(List.of("wrapper"))) return Optional.empty();
        boolean download = tasks.stream().allMatch(task -> DOWNLOADS.contains(task.replaceFirst("^.*:", "")));
        return Optional.of(new Install(this, download ? Kind.DOWNLOAD : Kind.BUILD, command)
                .in(command.values("-p", "--project-dir")));
    }

    @Override
    public boolean isMain(Install install, String path) {
        return MAIN.contains(path);
    }

    @Override
    public boolean isManifest(Install install, String path) {
        return MANIFEST.matcher(path).matches();
    }

    @Override
    public String download(Install install, Project project) {
        if (install.kind() == Kind.DOWNLOAD) return install.command().text();
        var options = new StringBuilder(" --no-daemon");
        install.command()
                .values("-p", "--project-dir")
                .forEach(value -> options.append(" -p ").append(value));
        return install.command().words().getFirst() + options + " dependencies";
    }

    @Override
    public boolean fetchesIntoHome() {
        return true;
    }

    @Override
    public double seconds() {
        return 90;
    }
}
