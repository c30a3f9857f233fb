package dev.sledge.cli;

import dev.sledge.advice.Review;
import dev.sledge.advice.Severity;
import dev.sledge.local.WorkTree;
import dev.sledge.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sledge check}: what makes the Dockerfile's steps run again without need. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Says what in the Dockerfile of DIR makes steps run again without need, and what to write instead.",
            "",
            "It reads what is committed: the Dockerfile, .dockerignore, the names of the files and the last 50 commits."
                    + " Nothing is built and nothing is asked over the network."
        },
        footer = {
            "",
            "A finding is an error (the build cannot succeed), a warning (it costs time on pushes) or info.",
            "Each rule has a page: docs/advice/DC01.md and so on.",
            "To silence one, write above the instruction: # sledge ignore=DC06 reason: why it is right here",
            "",
            "Exit status: 0 no errors, 1 there are errors, 2 usage."
        })
final class CheckCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "A git work tree; only what is committed counts. Default: the current directory.")
    private Path directory = Path.of(".");

    @Option(
            names = "--commit",
            paramLabel = "REV",
            defaultValue = "HEAD",
            description = "The commit to look at: a branch, a tag or an id. Default: ${DEFAULT-VALUE}.")
    private String revision = "HEAD";

    @Option(
            names = "--keeps-mounts",
            description =
                    "Your builder keeps RUN --mount=type=cache from one build to the next; most CI services do not.")
    private boolean keepsMounts;

    @ArgGroup
    @Nullable
    private Format format;

    /** How to print for programs; at most one. */
    static final class Format {
        @Option(names = "--json", description = "Print a JSON list, one object a finding.")
        boolean json;

        @Option(names = "--sarif", description = "Print SARIF 2.1.0, for code scanning services.")
        boolean sarif;

        @Option(names = "--github", description = "Print annotations for GitHub Actions.")
        boolean github;
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (var tree = WorkTree.open(directory)) {
            var commit = tree.commit(revision)
                    .orElseThrow(() -> new UserErrorException("'" + revision + "' names no commit in " + directory
                            + "; commit first, or name another one"));
            var mounts = keepsMounts ? Review.Mounts.KEPT : Review.Mounts.LOST;
            var report = new Checkup(tree, commit, mounts).report();
            print(
                    report,
                    new CheckPicture(
                            path -> tree.read(tree.repository(), commit, path) instanceof SourceFile.Found found
                                    ? found.text()
                                    : ""));
            boolean failed = report.stream().anyMatch(reported -> reported.severity() == Severity.ERROR);
            return (failed ? ExitCode.INPUT_WRONG : ExitCode.DONE).status();
        }
    }

    private void print(List<Reported> report, CheckPicture picture) {
        var out = spec.commandLine().getOut();
        if (format != null && format.json) {
            out.println(CheckJson.of(report));
        } else if (format != null && format.sarif) {
            out.println(CheckSarif.of(report));
        } else if (format != null && format.github) {
            report.forEach(reported -> out.println(GitHubAnnotation.of(reported)));
        } else {
            // The launcher tells whether stdout is a terminal: up to Java 21 nothing in Java does.
            boolean terminal = Boolean.getBoolean("sledge.terminal.out");
            boolean colours = terminal && System.getenv("NO_COLOR") == null;
            out.print(terminal ? picture.draw(report, colours) : CheckText.of(report));
        }
        out.flush();
    }
}
