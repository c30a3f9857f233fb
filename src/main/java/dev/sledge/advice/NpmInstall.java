package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.Instruction.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** DC17: {@code npm install} where {@code npm ci} would do. */
final class NpmInstall extends DockerfileRule {
    private static final Set<String> LOCKS = Set.of("package-lock.json", "npm-shrinkwrap.json");

    NpmInstall() {
        super(
                "DC17",
                "`npm install` may change what a lock file has settled; `npm ci` installs just that, and faster.");
    }

    @Override
    List<Finding> find(Review review) {
        var findings = new ArrayList<Finding>();
        for (var stage : built(review)) {
            if (stage.written().instructions().stream().noneMatch(NpmInstall::installs)) continue;
            var state = new ImageState(review.context(), review.graph().globalArgs());
            for (var placed : Lineage.of(review.graph(), stage)) {
                if (placed.instruction() instanceof Run run && placed.stage().index() == stage.index()) {
                    finding(review, run, state).ifPresent(findings::add);
                }
                state.pass(placed.instruction());
            }
        }
        return findings;
    }

    private static boolean installs(Instruction instruction) {
        return instruction instanceof Run run && Installs.of(run).stream().anyMatch(NpmInstall::installs);
    }

    private static boolean installs(Install install) {
        var command = install.command();
        return command.is("npm")
                && install.kind() == Install.Kind.DOWNLOAD
                && command.arguments().stream().anyMatch(word -> word.equals("install") || word.equals("i"))
                && !command.has("--no-package-lock", "--package-lock=false", "--legacy-bundling");
    }

    private Optional<Finding> finding(Review review, Run run, ImageState state) {
        for (var install : Installs.of(run)) {
            if (!installs(install)) continue;
            var directory = install.projectDirectory(state.workdir());
            var manifest = state.origin(ImagePath.of(directory, "package.json"));
            if (manifest.isEmpty()) continue;
            var beside = ImagePath.parent(manifest.get());
            var lock = LOCKS.stream()
                    .map(name -> beside.isEmpty() ? name : beside + "/" + name)
                    .filter(review.context()::has)
                    .findFirst();
            if (lock.isEmpty()) continue;
            boolean copied = LOCKS.stream()
                    .anyMatch(
                            name -> state.origin(ImagePath.of(directory, name)).isPresent());
            return Optional.of(finding(
                    review,
                    Severity.WARNING,
                    run.lines(),
                    "`npm install` may resolve other versions than " + lock.get() + " has"
                            + (copied ? "." : ", which is not even copied."),
                    fix(review, run, lock.get(), copied),
                    5));
        }
        return Optional.empty();
    }

    private static String fix(Review review, Run run, String lock, boolean copied) {
        var line = Pasted.line(run).replaceFirst("\\bnpm (install|i)(?![-\\w])", "npm ci");
        if (copied) return line;
        return "# copy " + lock + " beside package.json"
                + (review.context().sends(lock) ? "" : ", and take it out of the ignore file") + "\n" + line;
    }
}
