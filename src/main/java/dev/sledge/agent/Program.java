package dev.sledge.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the build image that do one step. */
final class Program {
    private static final int SECONDS = 600;

    private Program() {}

    /**
     * Runs a program to its end.
     *
     * @return what it printed
     * @throws IOException if it is not there, fails or takes too long; with the end of what it said
     */
    static String run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try {
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(command.getFirst() + " takes too long");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command.getFirst() + ": " + said.substring(said.lastIndexOf('\n') + 1));
            }
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    static String run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }
}
