package dev.sledge.advice;

import dev.sledge.advice.Install.Kind;
import java.util.Optional;
import java.util.Set;

/** PHP's Composer. */
final class Composer implements Ecosystem {
    private static final Set<String> MANIFESTS = Set.of("composer.json", "composer.lock", "auth.json", "symfony.lock");

    @Override
    public String name() {
        return "Composer";
    }

    @Override
    public Optional<Install> install(ShellCommand command) {
        boolean composer = command.is("composer") || command.is("composer.phar");
        if (!composer || !command.subcommand("-d", "--working-dir").equals("install")) return Optional.empty();
        boolean alone = command.has("--no-scripts") && command.has("--no-autoloader");
        return Optional.of(new Install(this, alone ? Kind.DOWNLOAD : Kind.BUILD, command)
                .in(command.values("-d", "--working-dir")));
    }

    @Override
    public boolean isMain(Install install, String path) {
        return path.equals("composer.json");
    }

    @Override
    public boolean isManifest(Install install, String path) {
        return MANIFESTS.contains(path) || path.startsWith("patches/");
    }

    @Override
    public boolean isVendored(Project project) {
        return project.has("vendor/autoload.php");
    }

    /** Scripts and the class map of the autoloader need the sources. */
    @Override
    public String download(Install install, Project project) {
        var text = new StringBuilder(install.command().text());
        for (var option : new String[] {"--no-scripts", "--no-autoloader"}) {
            if (!install.command().has(option)) text.append(' ').append(option);
        }
        return text.toString();
    }

    @Override
    public double seconds() {
        return 30;
    }
}
