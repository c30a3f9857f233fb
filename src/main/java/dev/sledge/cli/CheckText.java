package dev.sledge.cli;

import dev.sledge.report.Printable;
import java.util.List;

/** A report as plain text: a line a finding as compilers print it, what to write instead below it. */
final class CheckText {
    private CheckText() {}

    static String of(List<Reported> report) {
        var text = new StringBuilder();
        for (var reported : report) {
            text.append("%s:%d: %s %s: %s%n"
                    .formatted(
                            Printable.of(reported.file()),
                            reported.line(),
                            reported.severity().word(),
                            reported.rule(),
                            Printable.of(reported.message())));
            reported.fix()
                    .lines()
                    .forEach(line ->
                            text.append("    ").append(Printable.of(line)).append('\n'));
        }
        return text.append(summary(report)).append('\n').toString();
    }

    static String summary(List<Reported> report) {
        if (report.isEmpty()) return "nothing found";
        var counts = new StringBuilder();
        for (var severity : dev.sledge.advice.Severity.values()) {
            long count = report.stream()
                    .filter(reported -> reported.severity() == severity)
                    .count();
            if (count == 0) continue;
            counts.append(counts.isEmpty() ? "" : ", ")
                    .append(count)
                    .append(' ')
                    .append(word(severity, count));
        }
        return counts.toString();
    }

    private static String word(dev.sledge.advice.Severity severity, long count) {
        return switch (severity) {
            case ERROR -> count == 1 ? "error" : "errors";
            case WARNING -> count == 1 ? "warning" : "warnings";
            case INFO -> "info";
        };
    }
}
