package dev.sledge.dockerfile;

import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads {@code RUN}. */
final class RunReader {
    private static final Map<String, Flags.Kind> FLAGS = Map.of(
            "mount", Flags.Kind.TEXTS,
            "network", Flags.Kind.TEXT,
            "security", Flags.Kind.TEXT,
            "device", Flags.Kind.TEXTS);
    private static final List<String> NETWORKS = List.of("default", "none", "host");
    private static final List<String> SECURITY = List.of("sandbox", "insecure");

    private final InstructionLine line;
    private final Findings findings;

    RunReader(InstructionLine line, Findings findings) {
        this.line = line;
        this.findings = findings;
    }

    Instruction read(Written written, Command command) {
        var flags = Flags.read(line, FLAGS, findings);
        var mounts = flags.texts("mount").stream()
                .flatMap(text -> new MountReader(text, line, findings)
                        .read()
                        .map(Stream::of)
                        .orElseGet(Stream::empty))
                .toList();
        var devices = flags.texts("device");
        for (var device : devices) new DeviceReader(device, line, findings).check();
        return new Instruction.Run(
                written,
                command,
                mounts,
                oneOf(NETWORKS, flags, "network"),
                oneOf(SECURITY, flags, "security"),
                devices);
    }

    /** The value of a flag; the first of {@code allowed} is what its absence means. */
    private String oneOf(List<String> allowed, Flags flags, String name) {
        var value = flags.text(name, allowed.getFirst());
        if (!allowed.contains(value)) {
            findings.refuse(
                    Phase.INSTRUCTIONS,
                    Code.BAD_FLAG,
                    line.lineOf("--" + name),
                    "--" + name + "=" + Findings.quote(value) + " is not known",
                    Suggestion.orElse(value, allowed, "use one of " + String.join(", ", allowed)));
        }
        return value;
    }
}
