package dev.sledge.cli;

import java.util.List;
import java.util.Locale;

/**
 * One change, built in one way, as often as it was measured.
 *
 * @param seconds in the order in which they were measured, one at least
 */
record BenchRow(String change, String way, List<Double> seconds) {
    BenchRow {
        seconds = List.copyOf(seconds);
        if (seconds.isEmpty()) {
            throw new IllegalArgumentException(change + " was not measured by " + way);
        }
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
