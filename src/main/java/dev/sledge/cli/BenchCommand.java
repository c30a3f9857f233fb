package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.cli.DemoRepository.Change;
import dev.sledge.local.CacheDirectory;
import dev.sledge.local.LocalBuilds.EngineState;
import dev.sledge.local.LocalServices;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            description = "what is changed before a build: ${DEFAULT-VALUE}")
    private List<Change> changes = List.of();

    @Option(names = "--runs", defaultValue = "5", paramLabel = "N", description = "builds of each (${DEFAULT-VALUE})")
    private int runs;

    @Option(names = "--json", paramLabel = "FILE", description = "write the measurements to FILE")
    private @Nullable Path json;

    /** A change, built in one way. */
    private record Row(Change change, String way, List<Double> seconds) {
        double median() {
            var sorted = seconds.stream().sorted().toList();
            var middle = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        }
    }

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
                    runner.run(Change.FIRST, 0);
                }
                var rows = new LinkedHashMap<String, Row>();
                var number = 1;
                for (var change : changes) {
                    for (var run = 1; run <= runs; run++, number++) {
                        for (var runner : runners) {
                            var way = runner.way().label();
                            var name = change.name().toLowerCase(Locale.ROOT);
                            narrator.say(name + ", " + way + ": " + run + " of " + runs);
                            var took = runner.run(change, number).toMillis() / 1000.0;
                            rows.computeIfAbsent(name + " " + way, key -> new Row(change, way, new ArrayList<>()))
                                    .seconds()
                                    .add(took);
                        }
                    }
                }
                narrator.finish();
                return report(rows);
            } finally {
                runners.forEach(BenchRunner::close);
            }
        }
    }

    private int report(Map<String, Row> rows) throws IOException {
        var out = spec.commandLine().getOut();
        out.printf("%-12s %-12s %9s %9s %7s  %s%n", "change", "way", "median", "overhead", "ratio", "seconds");
        for (var row : rows.values()) {
            print(out, row, rows);
        }
        out.flush();
        if (json != null) {
            Files.writeString(json, json(example, rows) + "\n");
        }
        return ExitCode.DONE.status();
    }

    /** Overhead: what starting on an empty machine costs. Ratio: to plain buildx. */
    private static void print(PrintWriter out, Row row, Map<String, Row> rows) {
        var name = row.change().name().toLowerCase(Locale.ROOT);
        out.printf(
                Locale.ROOT,
                "%-12s %-12s %9.1f %9s %7s  %s%n",
                name,
                row.way(),
                row.median(),
                compared(rows.get(name + " persistent"), limit -> "%.1f".formatted(row.median() - limit)),
                compared(rows.get(name + " buildx"), plain -> "%.2f".formatted(row.median() / plain)),
                row.seconds());
    }

    private interface Comparison {
        String with(double median);
    }

    private static String compared(@Nullable Row other, Comparison comparison) {
        return other == null ? "" : comparison.with(other.median());
    }

    private static String json(String example, Map<String, Row> rows) {
        var root = new JsonMapper().createObjectNode();
        root.putObject("machine")
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("arch", System.getProperty("os.arch"));
        var array = root.putArray("rows");
        for (var row : rows.values()) {
            var entry = array.addObject()
                    .put("example", example)
                    .put("change", row.change().name().toLowerCase(Locale.ROOT))
                    .put("way", row.way());
            var all = entry.putArray("runs");
            row.seconds().forEach(all::add);
            entry.put("median", row.median());
        }
        return root.toPrettyString();
    }
}
