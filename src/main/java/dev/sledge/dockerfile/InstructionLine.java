package dev.sledge.dockerfile;

import java.util.List;

/**
 * One logical line, parted into keyword, flags and the rest.
 *
 * @param keyword as written
 * @param flags the words before the arguments that begin with {@code --}, their quotes removed
 * @param arguments what follows the flags, trimmed
 * @param source the whole logical line
 * @param joints leads from its words to their physical lines
 */
record InstructionLine(
        String keyword,
        List<String> flags,
        String arguments,
        String source,
        Lines lines,
        List<Heredoc> heredocs,
        Joints joints) {
    InstructionLine {
        flags = List.copyOf(flags);
        heredocs = List.copyOf(heredocs);
    }

    /** {@code escape} is the character that escapes blanks and quotes in flags. */
    static InstructionLine of(String source, char escape, Lines lines, List<Heredoc> heredocs, Joints joints) {
        var trimmed = Space.trim(source);
        int end = Space.firstBlank(trimmed);
        var split = FlagWords.split(Space.afterBlanks(trimmed, end), escape);
        return new InstructionLine(
                trimmed.substring(0, end), split.flags(), Space.trim(split.rest()), trimmed, lines, heredocs, joints);
    }

    /** The line inside an {@code ONBUILD}. */
    InstructionLine trigger(char escape) {
        return of(arguments, escape, lines, heredocs, joints);
    }

    private boolean is(Keyword known) {
        return Keyword.of(keyword).filter(known::equals).isPresent();
    }

    /** Whether documents may follow: {@code RUN}, {@code COPY} and {@code ADD} in shell form, also in {@code ONBUILD}. */
    boolean takesHeredocs(char escape) {
        var line = is(Keyword.ONBUILD) ? trigger(escape) : this;
        return (line.is(Keyword.RUN) || line.is(Keyword.COPY) || line.is(Keyword.ADD))
                && Json.array(line.arguments) instanceof Json.Reading.NotAnArray;
    }

    /** The first line, for problems of the whole instruction. */
    int line() {
        return lines.first();
    }

    /** The line on which {@code word} stands, for problems of that word; the first if quotes or escapes hide it. */
    int lineOf(String word) {
        return joints.lineOf(word, lines.first());
    }
}
