package dev.sledge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tools that {@code infra/local/tools.sh} installs. */
public final class Tools {
    private Tools() {}

    /** What a command printed, both streams together, and its exit status. */
    public record Answer(int status, String output) {}

    /** The path of a tool's command; the tools are installed first where they are missing. */
    public static String command(String name) throws IOException, InterruptedException {
        var installed = run(List.of("bash", "-c", "infra/local/tools.sh 2> /dev/null"));
        if (installed.status() != 0) {
            throw new IOException("the tools could not be installed: " + installed.output());
        }
        return Path.of(installed.output().strip(), name).toString();
    }

    public static Answer run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), output);
    }
}
