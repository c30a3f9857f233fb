package dev.sledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Programs of this machine, asked for their own answer. */
public final class Shell {
    private Shell() {}

    /** What came of a program: {@code output} is stdout and stderr together. */
    public record Ran(int status, String output) {}

    /** Runs {@code command} with {@code input} on its stdin, both UTF-8. */
    public static Ran run(List<String> command, String input) {
        return run(Path.of("."), command, input);
    }

    public static Ran run(Path directory, List<String> command, String input) {
        try {
            var process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            // Inputs are smaller than a pipe: nobody waits for the other.
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ran(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
