package dev.sledge.cli;

import dev.sledge.build.FrozenReport;
import java.util.List;
import java.util.Locale;

/**
 * One change, built in one way, as often as it was measured.
 *
 * @param seconds in the order in which they were measured, one at least
 * @param frozen what each needed of a frozen engine, and what leaving one took; empty if it had none
 */
record BenchRow(String change, String way, List<Double> seconds, List<FrozenReport> frozen) {
    BenchRow {
        seconds = List.copyOf(seconds);
        frozen = List.copyOf(frozen);
        if (seconds.isEmpty()) {
            throw new IllegalArgumentException(change + " was not measured by " + way);
        }
    }

    static BenchRow of(String change, String way, List<BenchRunner.Run> runs) {
        return new BenchRow(
                change,
                way,
                runs.stream().map(run -> run.took().toMillis() / 1000.0).toList(),
                runs.stream()
                        .map(BenchRunner.Run::frozen)
                        .filter(frozen -> frozen.thawed().isPresent())
                        .toList());
    }

    double median() {
        var sorted = seconds.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The runs, as a table has them. */
    String runs() {
        return String.join(
                " ",
                seconds.stream()
                        .map(time -> String.format(Locale.ROOT, "%.1f", time))
                        .toList());
    }
}
