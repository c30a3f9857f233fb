package dev.sledge.dockerfile;

/**
 * A comment of a Dockerfile; those inside of heredocs are none, and parser directives are no comments.
 *
 * @param line where it stands, counted from 1; it may lie among the lines of an instruction that it interrupts
 * @param text what follows the {@code #}, without blanks around it
 */
public record Comment(int line, String text) {}
