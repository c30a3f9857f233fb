package dev.sledge.dockerfile;

import dev.sledge.dockerfile.Instruction.Probe;
import dev.sledge.problem.Problem.Code;
import java.time.Duration;
import java.util.Map;

/** Reads {@code HEALTHCHECK}. */
final class HealthcheckReader {
    private static final Map<String, Flags.Kind> FLAGS = Map.of(
            "interval", Flags.Kind.TEXT,
            "timeout", Flags.Kind.TEXT,
            "start-period", Flags.Kind.TEXT,
            "start-interval", Flags.Kind.TEXT,
            "retries", Flags.Kind.TEXT);
    private static final String NUMBER = "[+-]?[0-9]{1,18}";
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final InstructionLine line;
    private final Findings findings;

    HealthcheckReader(InstructionLine line, Findings findings) {
        this.line = line;
        this.findings = findings;
    }

    Probe probe() {
        int end = Space.firstBlank(line.arguments());
        var type = line.arguments().substring(0, end);
        var rest = Space.trimLeft(line.arguments().substring(end));
        // BuildKit reads the command of every type, known or not.
        var command = ArgumentReader.command(line, rest, findings);
        if (type.equalsIgnoreCase("NONE")) {
            if (!isEmpty(command)) refuse(Code.BAD_ARGUMENTS, "HEALTHCHECK NONE takes no arguments", "remove them");
            return new Probe.None();
        }
        var flags = Flags.read(line, FLAGS, findings);
        if (!type.equalsIgnoreCase("CMD")) {
            refuse(
                    Code.BAD_ARGUMENTS,
                    type.isEmpty() ? "HEALTHCHECK has no argument" : "HEALTHCHECK knows no " + Findings.quote(type),
                    "write HEALTHCHECK CMD command, or HEALTHCHECK NONE");
        } else if (isEmpty(command)) {
            refuse(Code.BAD_ARGUMENTS, "HEALTHCHECK CMD has no command", "write the command after CMD");
        }
        return new Probe.Test(
                command,
                duration(flags, "interval"),
                duration(flags, "timeout"),
                duration(flags, "start-period"),
                duration(flags, "start-interval"),
                retries(flags));
    }

    private static boolean isEmpty(Command command) {
        return switch (command) {
            case Command.Exec(var arguments) -> arguments.isEmpty();
            case Command.Shell(var text) -> text.isEmpty();
        };
    }

    private Duration duration(Flags flags, String name) {
        var written = flags.text(name);
        if (written.isEmpty()) return Duration.ZERO;
        var read = GoDuration.parse(written).filter(given -> given.isZero() || given.compareTo(SHORTEST) >= 0);
        if (read.isEmpty()) {
            refuse(
                    Code.BAD_FLAG,
                    "--" + name,
                    "--" + name + "=" + Findings.quote(written) + " is no duration of at least 1ms",
                    "write it like 30s or 1m30s");
        }
        return read.orElse(Duration.ZERO);
    }

    private int retries(Flags flags) {
        var written = flags.text("retries");
        if (written.isEmpty()) return 0;
        long count = written.matches(NUMBER) ? Long.parseLong(written) : -1;
        if (count < 0 || count > Integer.MAX_VALUE) {
            refuse(
                    Code.BAD_FLAG,
                    "--retries",
                    "--retries=" + Findings.quote(written) + " is no count",
                    "write a whole number that is not negative");
            return 0;
        }
        return (int) count;
    }

    private void refuse(Code code, String what, String fix) {
        refuse(code, "", what, fix);
    }

    private void refuse(Code code, String word, String what, String fix) {
        findings.refuse(Phase.INSTRUCTIONS, code, line.lineOf(word), what, fix);
    }
}
