package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sledge.build.FrozenReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What was measured, for a terminal and for programs.
 *
 * @param example that was built
 * @param rows in the order in which they were measured
 */
record BenchReport(String example, List<BenchRow> rows) {
    BenchReport {
        rows = List.copyOf(rows);
    }

    /** A table. Overhead: what starting on an empty machine costs. Ratio: to plain buildx. */
    String text() {
        var text = new StringBuilder(String.format(
                "%-12s %-12s %9s %9s %7s  %s%n", "change", "way", "median", "overhead", "ratio", "seconds"));
        for (var row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-12s %-12s %9.1f %9s %7s  %s%n",
                    row.change(),
                    row.way(),
                    row.median(),
                    compared(row, "persistent", "%.1f", limit -> row.median() - limit.median()),
                    compared(row, "buildx", "%.2f", plain -> row.median() / plain.median()),
                    row.runs()));
        }
        return text.toString();
    }

    private String compared(BenchRow row, String way, String format, ToDoubleFunction<BenchRow> with) {
        return of(row.change(), way)
                .map(other -> String.format(Locale.ROOT, format, with.applyAsDouble(other)))
                .orElse("");
    }

    private Optional<BenchRow> of(String change, String way) {
        return rows.stream()
                .filter(row -> row.change().equals(change) && row.way().equals(way))
                .findFirst();
    }

    /**
     * {@code {"machine":{…},"rows":[{"example","change","way","runs":[s,…],"median":s}]}}, of frozen engines also {@code
     * "fetched":[bytes,…],"requests":[…]}, and of those that leave one {@code "freezing":[{"stopped":s,"written":s,"stored":s,"added":bytes}]}.
     */
    ObjectNode json(ObjectNode machine) {
        var root = new JsonMapper().createObjectNode();
        root.set("machine", machine);
        var array = root.putArray("rows");
        for (var row : rows) {
            var entry = array.addObject().put("example", example).put("change", row.change());
            entry.put("way", row.way());
            var all = entry.putArray("runs");
            row.seconds().forEach(all::add);
            entry.put("median", row.median());
            if (!row.frozen().isEmpty()) {
                frozen(row.frozen(), entry);
            }
        }
        return root;
    }

    private static void frozen(List<FrozenReport> builds, ObjectNode entry) {
        var fetched = entry.putArray("fetched");
        var requests = entry.putArray("requests");
        builds.stream().flatMap(build -> build.thawed().stream()).forEach(thawed -> {
            fetched.add(thawed.served().fetched());
            requests.add(thawed.served().requests());
        });
        var freezing = entry.putArray("freezing");
        builds.stream()
                .flatMap(build -> build.frozen().stream())
                .forEach(left -> freezing.addObject()
                        .put("stopped", left.stopped().toMillis() / 1000.0)
                        .put("written", left.written().toMillis() / 1000.0)
                        .put("stored", left.stored().toMillis() / 1000.0)
                        .put("added", left.added()));
    }
}
