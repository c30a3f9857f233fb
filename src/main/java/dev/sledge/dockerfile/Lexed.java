package dev.sledge.dockerfile;

import java.util.List;

/** A Dockerfile as its directives and logical lines. */
record Lexed(Directives directives, List<InstructionLine> lines) {
    Lexed {
        lines = List.copyOf(lines);
    }
}
