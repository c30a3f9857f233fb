package dev.sledge.advice;

import dev.sledge.advice.Install.Kind;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** pip, Pipenv, Poetry and uv. */
final class PythonPackages implements Ecosystem {
    private static final String[] VALUED = {
        "-r",
        "--requirement",
        "-c",
        "--constraint",
        "-e",
        "--editable",
        "-i",
        "--index-url",
        "--extra-index-url",
        "-t",
        "--target",
        "-f",
        "--find-links",
        "--prefix",
        "--trusted-host",
        "--default-timeout",
        "--timeout",
        "--retries",
        "--progress-bar",
        "--python",
        "--only-binary",
        "--no-binary",
        "--platform",
        "--root-user-action",
        "--cache-dir",
        "--group",
        "--extra",
        "--with",
        "--without",
        "--only",
        "-E",
        "-C",
        "--directory",
        "--project"
    };
    private static final Pattern PIP = Pattern.compile("pip[0-9.]*");
    private static final Pattern PYTHON = Pattern.compile("python[0-9.]*|py");
    private static final Pattern REQUIREMENTS =
            Pattern.compile("[^/]*(requirements|constraints)[^/]*\\.(txt|in)|requirements/[^/]+\\.(txt|in)");
    private static final Set<String> MANIFESTS = Set.of(
            "pyproject.toml",
            "poetry.lock",
            "poetry.toml",
            "uv.lock",
            "uv.toml",
            ".python-version",
            "Pipfile",
            "Pipfile.lock");

    @Override
    public String name() {
        return "Python";
    }

    @Override
    public Optional<Install> install(ShellCommand written) {
        var command = unwrapped(written);
        var operands = command.operands(VALUED);
        var first = operands.isEmpty() ? "" : operands.getFirst();
        return switch (command.program()) {
            case "poetry" ->
                first.equals("install") || first.equals("sync")
                        ? project(written, command, "--no-root", "--only-root")
                        : Optional.empty();
            case "uv" ->
                first.equals("sync")
                        ? project(written, command, "--no-install-project", "--no-install-workspace")
                        : Optional.empty();
            case "pipenv" ->
                (first.equals("install") || first.equals("sync")) && operands.size() == 1
                        ? Optional.of(new Install(this, Kind.DOWNLOAD, written))
                        : Optional.empty();
            default ->
                PIP.matcher(command.program()).matches() && first.equals("install")
                        ? pip(written, command)
                        : Optional.empty();
        };
    }

    /** {@code python -m pip} and {@code uv pip} are pip. */
    private static ShellCommand unwrapped(ShellCommand command) {
        var words = command.words();
        boolean module = PYTHON.matcher(command.program()).matches()
                && words.size() > 2
                && words.contains("-m")
                && words.indexOf("-m") + 1 < words.size();
        boolean uv = command.is("uv") && words.size() > 1 && words.get(1).equals("pip");
        if (!module && !uv) return command;
        int program = module ? words.indexOf("-m") + 1 : 1;
        return new ShellCommand(words.subList(program, words.size()), command.text(), command.directory());
    }

    private Optional<Install> project(
            ShellCommand written, ShellCommand command, String dependenciesOnly, String other) {
        if (command.has("--only-root")) return Optional.empty();
        var kind = command.has(dependenciesOnly, other) ? Kind.DOWNLOAD : Kind.BUILD;
        return Optional.of(new Install(this, kind, written).in(command.values("-C", "--directory", "--project")));
    }

    private Optional<Install> pip(ShellCommand written, ShellCommand command) {
        var operands = command.operands(VALUED);
        var packages = operands.subList(1, operands.size());
        boolean local = !command.values("-e", "--editable").isEmpty()
                || !command.values("-f", "--find-links").isEmpty()
                || packages.stream()
                        .anyMatch(name -> name.startsWith(".")
                                || name.contains("/")
                                || name.endsWith(".whl")
                                || name.contains("*")
                                || name.contains("$")
                                || name.contains("`"));
        if (local) return Optional.empty();
        var files = new ArrayList<>(command.values("-r", "--requirement"));
        boolean remote = files.stream().anyMatch(file -> file.contains("://"));
        if (remote) return Optional.empty();
        if (files.isEmpty()) {
            return packages.isEmpty() ? Optional.empty() : Optional.of(new Install(this, Kind.INDEPENDENT, written));
        }
        files.addAll(command.values("-c", "--constraint"));
        return Optional.of(new Install(this, Kind.DOWNLOAD, written, "", files));
    }

    @Override
    public boolean isMain(Install install, String path) {
        return switch (unwrapped(install.command()).program()) {
            case "poetry" -> path.equals("pyproject.toml");
            case "uv" -> path.equals("pyproject.toml");
            case "pipenv" -> path.equals("Pipfile");
            default ->
                install.named().stream()
                        .anyMatch(named -> ImagePath.of("", named).equals(path));
        };
    }

    @Override
    public boolean isManifest(Install install, String path) {
        return isMain(install, path)
                || REQUIREMENTS.matcher(path).matches()
                || (install.named().isEmpty() && MANIFESTS.contains(path));
    }

    @Override
    public String download(Install install, Project project) {
        var text = install.command().text();
        if (install.kind() == Kind.DOWNLOAD) return text;
        return text + (install.command().is("poetry") ? " --no-root" : " --no-install-project");
    }

    @Override
    public double seconds() {
        return 40;
    }
}
