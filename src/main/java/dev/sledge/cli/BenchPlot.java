package dev.sledge.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Measurements as a picture: a bar as long as each median, and a point for each run.
 *
 * @param rows of one change or several, drawn below each other
 */
record BenchPlot(String example, List<BenchRow> rows) {
    private static final int LABELS = 190;
    private static final int WIDTH = 640;
    private static final int ROW = 26;
    private static final int TOP = 34;

    BenchPlot {
        rows = List.copyOf(rows);
    }

    /** SVG that is read on light and on dark pages. */
    String svg() {
        var longest = rows.stream()
                .flatMap(row -> row.seconds().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        var scale = (WIDTH - LABELS - 60) / longest;
        var drawn = new StringBuilder();
        for (var i = 0; i < rows.size(); i++) {
            drawn.append(row(rows.get(i), TOP + i * ROW, scale));
        }
        var height = TOP + rows.size() * ROW + 8;
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" \
                aria-label="%s">
                <style>text{font:13px sans-serif;fill:#57606a}rect{fill:#2f81f7}circle{fill:#bc4c00;fill-opacity:.7}</style>
                <text x="8" y="20">%s: seconds until the image is in the registry</text>
                %s</svg>
                """,
                WIDTH,
                height,
                WIDTH,
                height,
                example + ": " + rows.stream().map(BenchPlot::said).collect(Collectors.joining(", ")),
                example,
                drawn);
    }

    private static String said(BenchRow row) {
        return String.format(Locale.ROOT, "%s by %s %.1f s", row.change(), row.way(), row.median());
    }

    private static String row(BenchRow row, int top, double scale) {
        var middle = top + ROW / 2;
        var length = row.median() * scale;
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "<text x=\"8\" y=\"%d\">%s, %s</text><rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                middle + 4,
                row.change(),
                row.way(),
                LABELS,
                top + 5,
                length,
                ROW - 10));
        row.seconds()
                .forEach(time -> text.append(String.format(
                        Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%d\" r=\"3\"/>", LABELS + time * scale, middle)));
        var end = LABELS
                + row.seconds().stream().mapToDouble(Double::doubleValue).max().orElse(0) * scale;
        return text.append(String.format(
                        Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%.1f</text>%n", end + 8, middle + 4, row.median()))
                .toString();
    }
}
