package dev.sledge.dockerfile;

import java.util.List;

/** The command of {@code RUN}, {@code CMD}, {@code ENTRYPOINT} and {@code HEALTHCHECK}. */
public sealed interface Command {
    /** One line for the stage's shell, flags of the instruction removed. */
    record Shell(String line) implements Command {}

    /** A JSON array: run as it is, without a shell. */
    record Exec(List<String> arguments) implements Command {
        public Exec {
            arguments = List.copyOf(arguments);
        }
    }
}
