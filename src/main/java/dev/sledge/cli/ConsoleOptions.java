package dev.sledge.cli;

import java.io.PrintStream;
import picocli.CommandLine.Option;

/** How a command shows what it does. */
final class ConsoleOptions {
    @Option(
            names = {"-v", "--verbose"},
            description = "Show what the build prints, too.")
    boolean verbose;

    Console open() {
        // The launcher tells how wide the terminal on stderr is: nothing in Java 21 does.
        return new Console(new PrintStream(System.err, true), Integer.getInteger("sledge.columns", 0), verbose);
    }
}
