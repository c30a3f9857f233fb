package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction;

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

    /** The same text without its cache mounts. */
    static String withoutCacheMounts(String text) {
        return text.replaceAll("--mount=\\S*type=cache\\S*\\s+", "");
    }

    /** {@code one thing}, {@code 2 things}. */
    static String count(long number, String one) {
        return number == 1 ? "the " + one : "the " + number + " " + one + "s";
    }
}
