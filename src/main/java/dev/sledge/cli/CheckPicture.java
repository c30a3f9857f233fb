package dev.sledge.cli;

import dev.sledge.advice.Severity;
import dev.sledge.report.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A report as a picture for a terminal: the files, and below their lines what is found there. */
final class CheckPicture {
    /** Lines around a finding that are shown of a file that is too long to be shown whole. */
    private static final int AROUND = 3;

    private static final int SHORT = 60;
    private static final int WIDTH = 100;

    private final UnaryOperator<String> contents;

    /** @param contents the text of a file by its path; empty if there is none */
    CheckPicture(UnaryOperator<String> contents) {
        this.contents = contents;
    }

    String draw(List<Reported> report, boolean colours) {
        var byFile = new LinkedHashMap<String, List<Reported>>();
        report.forEach(reported -> byFile.computeIfAbsent(reported.file(), first -> new ArrayList<>())
                .add(reported));
        var picture = new StringBuilder();
        byFile.forEach((file, findings) -> draw(picture, file, findings, colours));
        return picture.append(CheckText.summary(report)).append('\n').toString();
    }

    private void draw(StringBuilder picture, String file, List<Reported> findings, boolean colours) {
        picture.append(paint(Printable.of(file), "1", colours)).append('\n');
        var byLastLine = new LinkedHashMap<Integer, List<Reported>>();
        var lines = contents.apply(file).lines().toList();
        for (var finding : findings) {
            int last = Math.min(finding.endLine(), Math.max(1, lines.size()));
            byLastLine.computeIfAbsent(last, first -> new ArrayList<>()).add(finding);
        }
        boolean skipped = false;
        for (int number = 1; number <= Math.max(1, lines.size()); number++) {
            if (lines.size() > SHORT && isFar(number, findings)) {
                if (!skipped) picture.append(paint("     ┆", "2", colours)).append('\n');
                skipped = true;
                continue;
            }
            skipped = false;
            if (number <= lines.size()) drawLine(picture, number, lines.get(number - 1), findings, colours);
            drawFindings(picture, byLastLine, number, colours);
        }
        picture.append('\n');
    }

    private static boolean isFar(int number, List<Reported> findings) {
        return findings.stream()
                .noneMatch(finding -> finding.line() - AROUND <= number && number <= finding.endLine() + AROUND);
    }

    private static void drawLine(
            StringBuilder picture, int number, String line, List<Reported> findings, boolean colours) {
        var about = findings.stream()
                .filter(finding -> finding.line() <= number && number <= finding.endLine())
                .map(Reported::severity)
                .min(Severity::compareTo);
        var text = about.map(severity -> paint("▸", colour(severity), colours)).orElse(" ")
                + "%4d".formatted(number)
                + " │ "
                + Printable.of(line);
        picture.append(text.stripTrailing()).append('\n');
    }

    private static void drawFindings(
            StringBuilder picture, Map<Integer, List<Reported>> byLastLine, int number, boolean colours) {
        for (var finding : byLastLine.getOrDefault(number, List.of())) {
            var head = finding.severity().word() + " " + finding.rule();
            picture.append("     ╰─ ")
                    .append(paint(head, colour(finding.severity()), colours))
                    .append('\n');
            wrap(Printable.of(finding.message())).forEach(line -> below(picture, line));
            below(picture, "instead:");
            finding.fix().lines().forEach(line -> below(picture, "  " + paint(Printable.of(line), "32", colours)));
            if (finding.isAdvice()) below(picture, "why: docs/advice/" + finding.rule() + ".md");
        }
    }

    private static void below(StringBuilder picture, String line) {
        picture.append("        ").append(line).append('\n');
    }

    private static List<String> wrap(String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + word.length() >= WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String colour(Severity severity) {
        return switch (severity) {
            case ERROR -> "31";
            case WARNING -> "33";
            case INFO -> "36";
        };
    }

    private static String paint(String text, String code, boolean colours) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
