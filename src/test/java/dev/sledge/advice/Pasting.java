package dev.sledge.advice;

import dev.sledge.dockerfile.Dockerfile;
import dev.sledge.dockerfile.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Does with the text of a fix what a person does: reads where it belongs and puts it there, word by word. */
final class Pasting {
    private static final Pattern INSTALL = Pattern.compile("before `.*` \\(line (\\d+)\\)");
    private static final Pattern STAYS = Pattern.compile("# what stays of lines? (.+):");
    private static final Pattern BELOW = Pattern.compile("# below line (\\d+)(?:, instead of lines? (.+))?:");
    private static final Pattern NEW_FILE = Pattern.compile("# a new file (.+):");

    private Pasting() {}

    /** The line of the install that DC01 complains of. */
    static int installLine(Finding finding) {
        var matcher = INSTALL.matcher(finding.message());
        if (!matcher.find()) throw new AssertionError("no install is named: " + finding.message());
        return Integer.parseInt(matcher.group(1));
    }

    /** The Dockerfile with DC01's fix in the place of the copy and the install, between which nothing may stand. */
    static String inPlace(Dockerfile dockerfile, String text, Finding finding) {
        var install = instruction(dockerfile, installLine(finding));
        if (install.first() != finding.lines().last() + 1) {
            throw new AssertionError("something stands between the copy and the install: " + finding);
        }
        var lines = text.lines().toList();
        var pasted = new ArrayList<>(lines.subList(0, finding.lines().first() - 1));
        finding.fix().lines().forEach(pasted::add);
        pasted.addAll(lines.subList(install.last(), lines.size()));
        return String.join("\n", pasted) + "\n";
    }

    private static Lines instruction(Dockerfile dockerfile, int line) {
        return dockerfile.stages().stream()
                .flatMap(stage -> stage.instructions().stream())
                .map(instruction -> instruction.lines())
                .filter(lines -> lines.first() == line)
                .findFirst()
                .orElseThrow();
    }

    /** The Dockerfile with the lines moved that DC04's fix moves; its comments say from where to where. */
    static String moved(String text, Finding finding) {
        var lines = new ArrayList<List<String>>();
        // The first line is line 1.
        lines.add(new ArrayList<>());
        text.lines().forEach(line -> lines.add(new ArrayList<>(List.of(line))));
        var place = lines.getFirst();
        for (var line : finding.fix().lines().toList()) {
            var stays = STAYS.matcher(line);
            var below = BELOW.matcher(line);
            if (stays.matches()) {
                place = cleared(lines, stays.group(1));
            } else if (below.matches()) {
                if (below.group(2) != null) cleared(lines, below.group(2));
                place = lines.get(Integer.parseInt(below.group(1)));
            } else {
                place.add(line);
            }
        }
        return lines.stream().flatMap(List::stream).map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Takes away the lines of these numbers; gives the place of the first. */
    private static List<String> cleared(List<List<String>> lines, String text) {
        var numbers = numbers(text);
        numbers.forEach(number -> lines.get(number).clear());
        return lines.get(numbers.getFirst());
    }

    /** {@code 2, 3 and 6-9} */
    private static List<Integer> numbers(String text) {
        var numbers = new ArrayList<Integer>();
        for (var range : text.split(", | and ", -1)) {
            var ends = range.split("-", -1);
            for (int line = Integer.parseInt(ends[0]); line <= Integer.parseInt(ends[ends.length - 1]); line++) {
                numbers.add(line);
            }
        }
        return numbers;
    }

    /** A file that is to be written. */
    record NewFile(String name, String content) {}

    /** The file that DC05's fix asks for. */
    static NewFile newFile(Finding finding) {
        var first = finding.fix().lines().findFirst().orElseThrow();
        var matcher = NEW_FILE.matcher(first);
        if (!matcher.matches()) throw new AssertionError("no new file is named: " + finding.fix());
        return new NewFile(matcher.group(1), finding.fix().substring(first.length() + 1) + "\n");
    }
}
