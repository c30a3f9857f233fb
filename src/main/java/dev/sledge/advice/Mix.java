package dev.sledge.advice;

import dev.sledge.advice.Install.Kind;
import java.util.Optional;
import java.util.regex.Pattern;

/** Elixir's Mix. */
final class Mix implements Ecosystem {
    private static final Pattern OTHER = Pattern.compile("config/.+|apps/[^/]+/mix\\.exs");

    @Override
    public String name() {
        return "Mix";
    }

    @Override
    public Optional<Install> install(ShellCommand command) {
        boolean fetches = command.is("mix") && command.subcommand("--only").equals("deps.get");
        return fetches ? Optional.of(new Install(this, Kind.DOWNLOAD, command)) : Optional.empty();
    }

    @Override
    public boolean isMain(Install install, String path) {
        return path.equals("mix.exs");
    }

    @Override
    public boolean isManifest(Install install, String path) {
        return path.equals("mix.exs")
                || path.equals("mix.lock")
                || OTHER.matcher(path).matches();
    }

    @Override
    public double seconds() {
        return 30;
    }
}
