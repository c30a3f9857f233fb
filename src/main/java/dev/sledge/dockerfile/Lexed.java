package dev.sledge.dockerfile;

import java.util.List;

/** A Dockerfile as its directives, logical lines and comments. */
record Lexed(Directives directives, List<InstructionLine> lines, List<Comment> comments) {
    Lexed {
        comments = List.copyOf(comments);
        lines = List.copyOf(lines);
    }
}
