package dev.sledge.dockerfile;

/** What an ignore file says of one path. */
public sealed interface IgnoreVerdict {
    /** No line is about it: it is sent. */
    record Sent() implements IgnoreVerdict {}

    /** Line {@code line}, {@code rule} as written, sends again what one above left out. */
    record SentAgain(int line, String rule) implements IgnoreVerdict {}

    /** Line {@code line}, {@code rule} as written, leaves it out. */
    record Excluded(int line, String rule) implements IgnoreVerdict {}
}
