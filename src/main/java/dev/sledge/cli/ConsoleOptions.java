package dev.sledge.cli;

import java.io.PrintStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a command shows what it does. */
final class ConsoleOptions {
    @Option(
            names = {"-v", "--verbose"},
            description = "Show what the build prints, too.")
    boolean verbose;

    Console open(CommandSpec spec) {
        // The launcher tells whether stderr is a terminal: up to Java 21 nothing in Java does.
        var terminal =
                Boolean.getBoolean("sledge.terminal") && !spec.commandLine().isUsageHelpRequested();
        return new Console(new PrintStream(System.err, true), terminal, verbose);
    }
}
