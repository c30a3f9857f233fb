package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** What was measured on: without it no figure says anything. */
final class BenchMachine {
    private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.*)$");
    private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s*(\\d+) kB$");

    private BenchMachine() {}

    /** The machine on a day. */
    static ObjectNode describe(LocalDate date) {
        return new JsonMapper()
                .createObjectNode()
                .put("date", date.toString())
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("processor", first(MODEL, "/proc/cpuinfo"))
                .put("memoryMebibytes", kibibytes() / 1024)
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("arch", System.getProperty("os.arch"));
    }

    private static long kibibytes() {
        var kibibytes = first(MEMORY, "/proc/meminfo");
        return kibibytes.isEmpty() ? 0 : Long.parseLong(kibibytes);
    }

    /** Empty where the system does not tell. */
    private static String first(Pattern pattern, String file) {
        try {
            var found = pattern.matcher(Files.readString(Path.of(file)));
            return found.find() ? found.group(1).strip() : "";
        } catch (IOException e) {
            return "";
        }
    }
}
