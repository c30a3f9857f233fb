package dev.sledge.cli;

import dev.sledge.cli.ProjectRepository.Change;
import dev.sledge.local.CacheDirectory;
import dev.sledge.local.LocalBuilds.EngineState;
import dev.sledge.local.LocalServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures ways to build side by side. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Builds an example, or a project of yours, in several ways, in turn, and tells how long each took, from the start of the"
                    + " engine until the image is in the registry.",
            "Each way begins with a build that is not counted. All but persistent get an empty engine for each build."
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private ConsoleOptions console;

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "A git work tree to measure instead of an example; what is committed is copied.")
    private @Nullable Path directory;

    @Option(
            names = "--touch",
            paramLabel = "FILE",
            description = "of DIR: the file that gets an empty line more for the change source")
    private @Nullable String touched;

    @Option(
            names = "--example",
            defaultValue = "hello-build",
            paramLabel = "NAME",
            description =
                    "hello-build (Java, Maven; the default) or hello-rocket (Rust, cargo); with -mounts behind it the same with cache mounts")
    private String example = "";

    @Option(
            names = "--ways",
            split = ",",
            paramLabel = "WAY",
            description =
                    "which ways: article (of examples), buildx, persistent, registry, layout, inline, tarball, classic; also frozen, frozen-whole,"
                            + " host and none")
    private List<String> ways = List.of();

    @Option(
            names = "--changes",
            split = ",",
            paramLabel = "CHANGE",
            description =
                    "what is changed before a build: nothing, source, dependency; also base, the base image; of DIR nothing, and"
                            + " with --touch source")
    private List<Change> changes = List.of();

    @Option(names = "--runs", defaultValue = "5", paramLabel = "N", description = "builds of each (${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--json", paramLabel = "FILE", description = "write the measurements to FILE")
    private @Nullable Path json;

    @Option(names = "--plot", paramLabel = "FILE", description = "draw the measurements into FILE, an SVG picture")
    private @Nullable Path plot;

    @Override
    public Integer call() throws IOException {
        var built = project();
        var measured = ways(built).stream().map(BenchWay::of).toList();
        var changes = changes(built);
        var repositories = CacheDirectory.of(System.getenv()).directory("bench");
        var runners = new ArrayList<BenchRunner>();
        try (var narrator = console.open();
                var services = new LocalServices(System.getenv(), new EngineState.Disk(), narrator)) {
            var base = new BenchBase(services, built.base().orElse(""));
            measured.forEach(way -> runners.add(new BenchRunner(way, built, services, repositories, base)));
            var rounds = new BenchRounds(runners, narrator);
            try {
                rounds.begin();
                changes.forEach(change -> rounds.measure(change, runs));
            } finally {
                runners.forEach(BenchRunner::close);
                narrator.finish();
                // Also of a comparison that is cut, but not over the measurements of another one.
                if (!rounds.rows().isEmpty()) {
                    report(built.name(), rounds.rows());
                }
            }
        }
        return ExitCode.DONE.status();
    }

    private BenchProject project() {
        if (directory == null) {
            if (touched != null) {
                throw new UserErrorException(
                        "--touch names a file of DIR, and no DIR is given; examples know their source");
            }
            return Example.of(example);
        }
        return OwnProject.of(directory, Optional.ofNullable(touched));
    }

    private List<String> ways(BenchProject project) {
        if (!ways.isEmpty()) {
            if (project instanceof OwnProject && ways.contains("article")) {
                throw new UserErrorException(
                        "the article's recipe is written for the examples; use classic, which is the same for any");
            }
            return ways;
        }
        var all = List.of("buildx", "persistent", "registry", "layout", "inline", "tarball", "classic");
        return project instanceof Example
                ? Stream.concat(Stream.of("article"), all.stream()).toList()
                : all;
    }

    private List<Change> changes(BenchProject project) {
        var unknown = changes.stream()
                .filter(change -> !project.changes().contains(change))
                .findFirst();
        if (unknown.isPresent()) {
            throw new UserErrorException(
                    "what the change '" + unknown.get().name().toLowerCase(Locale.ROOT)
                            + "' would be is known of the examples only; use nothing, or source with --touch FILE");
        }
        return changes.isEmpty()
                ? Stream.of(Change.NOTHING, Change.SOURCE, Change.DEPENDENCY)
                        .filter(project.changes()::contains)
                        .toList()
                : changes;
    }

    private void report(String example, List<BenchRow> rows) throws IOException {
        var report = new BenchReport(example, rows);
        var out = spec.commandLine().getOut();
        out.print(report.text());
        out.flush();
        if (json != null) {
            var machine = BenchMachine.describe(LocalDate.now(ZoneOffset.UTC));
            Files.writeString(json, report.json(machine).toPrettyString() + "\n");
        }
        if (plot != null) {
            Files.writeString(plot, new BenchPlot(example, rows).svg());
        }
    }
}
