package dev.sledge.dockerfile;

import java.util.List;

/**
 * An instruction as it stands in the file.
 *
 * @param keyword the instruction's name in upper case, such as {@code RUN}
 * @param lines where it stands
 * @param source the logical line: continuations joined, comments between them left out, heredoc bodies not included
 * @param heredocs the documents that follow the line, in order; empty for most
 */
public record Written(String keyword, Lines lines, String source, List<Heredoc> heredocs) {
    public Written {
        heredocs = List.copyOf(heredocs);
    }
}
