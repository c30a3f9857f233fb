package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.Lines;
import java.util.ArrayList;
import java.util.List;

/** Instructions as they can be pasted: on one line, without the blanks that joined continuations leave. */
final class Pasted {
    private Pasted() {}

    static String line(Instruction instruction) {
        return line(instruction.source());
    }

    /** Shortens runs of blanks, unless they may stand in quotes and so count. */
    static String line(String text) {
        boolean quoted = text.chars().anyMatch(c -> c == '"' || c == '\'' || c == '`');
        return (quoted ? text : text.replaceAll("\\s+", " ")).strip();
    }

    /** {@code line 2}, {@code lines 2, 3 and 6-9}. */
    static String places(List<Lines> places) {
        var words = new ArrayList<String>();
        for (var lines : places) {
            words.add(lines.first() == lines.last() ? "" + lines.first() : lines.first() + "-" + lines.last());
        }
        if (words.size() == 1 && places.getFirst().first() == places.getFirst().last())
            return "line " + words.getFirst();
        var last = words.removeLast();
        return "lines " + (words.isEmpty() ? "" : String.join(", ", words) + " and ") + last;
    }

    /** The same text without its cache mounts. */
    static String withoutCacheMounts(String text) {
        return text.replaceAll("--mount=\\S*type=cache\\S*\\s+", "");
    }

    /** {@code one thing}, {@code 2 things}. */
    static String count(long number, String one) {
        return number == 1 ? "the " + one : "the " + number + " " + one + "s";
    }
}
