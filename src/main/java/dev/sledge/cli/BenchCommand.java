package dev.sledge.cli;

import dev.sledge.cli.DemoRepository.Change;
import dev.sledge.local.CacheDirectory;
import dev.sledge.local.LocalBuilds.EngineState;
import dev.sledge.local.LocalServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures ways to build side by side. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Builds an example in several ways, in turn, and tells how long each took, from the start of the engine until the image"
                    + " is in the registry.",
            "Each way begins with a build that is not counted. All but persistent get an empty engine for each build."
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private ConsoleOptions console;

    @Option(
            names = "--example",
            defaultValue = "hello-build",
            paramLabel = "NAME",
            description = "hello-build (Java, Maven; the default) or hello-rocket (Rust, cargo)")
    private String example = "";

    @Option(
            names = "--ways",
            split = ",",
            defaultValue = "article,buildx,persistent,registry,layout,inline,tarball,classic",
            paramLabel = "WAY",
            description = "which ways: ${DEFAULT-VALUE}; also host and none")
    private List<String> ways = List.of();

    @Option(
            names = "--changes",
            split = ",",
            defaultValue = "nothing,source,dependency",
            paramLabel = "CHANGE",
            description = "what is changed before a build: ${DEFAULT-VALUE}; also base, the base image")
    private List<Change> changes = List.of();

    @Option(names = "--runs", defaultValue = "5", paramLabel = "N", description = "builds of each (${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--json", paramLabel = "FILE", description = "write the measurements to FILE")
    private @Nullable Path json;

    @Option(names = "--plot", paramLabel = "FILE", description = "draw the measurements into FILE, an SVG picture")
    private @Nullable Path plot;

    @Override
    public Integer call() throws IOException {
        var built = Example.of(example);
        var measured = ways.stream().map(BenchWay::of).toList();
        var directory = CacheDirectory.of(System.getenv()).directory("bench");
        var runners = new ArrayList<BenchRunner>();
        try (var narrator = console.open();
                var services = new LocalServices(System.getenv(), new EngineState.Disk(), narrator)) {
            try {
                for (var way : measured) {
                    narrator.say(way.label() + ": the first build");
                    var runner = new BenchRunner(way, built, services, directory);
                    runners.add(runner);
                    runner.run(Change.FIRST, 0, new BenchBase(services, built.base()));
                }
                var measurements = new LinkedHashMap<List<String>, List<Double>>();
                var base = new BenchBase(services, built.base());
                var number = 1;
                for (var change : changes) {
                    for (var run = 1; run <= runs; run++, number++) {
                        for (var runner : runners) {
                            var way = runner.way().label();
                            var name = change.name().toLowerCase(Locale.ROOT);
                            narrator.say(name + ", " + way + ": " + run + " of " + runs);
                            var took = runner.run(change, number, base).toMillis() / 1000.0;
                            measurements
                                    .computeIfAbsent(List.of(name, way), key -> new ArrayList<>())
                                    .add(took);
                        }
                    }
                }
                narrator.finish();
                return report(measurements.entrySet().stream()
                        .map(row -> new BenchRow(
                                row.getKey().getFirst(), row.getKey().getLast(), row.getValue()))
                        .toList());
            } finally {
                runners.forEach(BenchRunner::close);
            }
        }
    }

    private int report(List<BenchRow> rows) throws IOException {
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
        return ExitCode.DONE.status();
    }
}
