package dev.sledge.dockerfile;

import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The flags of one instruction, checked against those it knows.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/instructions/bflag.go">bflag.go</a>
 */
final class Flags {
    /** What a flag's value may be. */
    enum Kind {
        /** Nothing, {@code true} or {@code false}; given at most once. */
        SWITCH,
        /** A text, given at most once. */
        TEXT,
        /** A text, given as often as one likes. */
        TEXTS
    }

    private final Map<String, List<String>> values = new HashMap<>();

    private Flags() {}

    /** Reads the flags of {@code line}; what is wrong goes to {@code findings}, and its flag counts as absent. */
    static Flags read(InstructionLine line, Map<String, Kind> known, Findings findings) {
        var flags = new Flags();
        for (var flag : line.flags()) {
            if (!findings.isFull()) flags.add(flag, line, known, findings);
        }
        return flags;
    }

    String text(String name) {
        return values.getOrDefault(name, List.of("")).getFirst();
    }

    String text(String name, String absent) {
        return values.getOrDefault(name, List.of(absent)).getFirst();
    }

    List<String> texts(String name) {
        return values.getOrDefault(name, List.of());
    }

    boolean isOn(String name) {
        return text(name).equals("true");
    }

    private void add(String flag, InstructionLine line, Map<String, Kind> known, Findings findings) {
        int equals = flag.indexOf('=');
        var name = equals < 0 ? flag.substring(2) : flag.substring(2, equals);
        var value = equals < 0 ? "" : flag.substring(equals + 1);
        var kind = known.get(name);
        var instruction = line.keyword().toUpperCase(Locale.ROOT);
        if (kind == null) {
            findings.refuse(
                    Phase.INSTRUCTIONS,
                    Code.UNKNOWN_FLAG,
                    line.lineOf(flag),
                    instruction + " has no flag " + Findings.quote("--" + name),
                    unknown(name, known, instruction));
            return;
        }
        if (kind != Kind.TEXTS && values.containsKey(name)) {
            refuse(findings, line.lineOf(flag), "the flag --" + name + " is given twice", "keep one of them");
        } else if (kind == Kind.SWITCH && !isSwitch(equals, value)) {
            refuse(
                    findings,
                    line.lineOf(flag),
                    "--" + name + "=" + Findings.quote(value) + " is neither true nor false",
                    "write --" + name + " alone, or --" + name + "=false");
        } else if (kind != Kind.SWITCH && equals < 0) {
            refuse(findings, line.lineOf(flag), "the flag --" + name + " has no value", "write --" + name + "=VALUE");
        } else {
            var stored = kind != Kind.SWITCH ? value : value.isEmpty() ? "true" : LowerCase.of(value);
            values.computeIfAbsent(name, unused -> new ArrayList<>()).add(stored);
        }
    }

    private static boolean isSwitch(int equals, String value) {
        return equals < 0 || List.of("true", "false").contains(LowerCase.of(value));
    }

    private static String unknown(String name, Map<String, Kind> known, String instruction) {
        if (known.isEmpty()) return "remove it; " + instruction + " takes no flags";
        var names = new TreeSet<String>();
        known.keySet().forEach(flag -> names.add("--" + flag));
        return Suggestion.orElse("--" + name, names, "use one of " + String.join(" ", names));
    }

    private static void refuse(Findings findings, int line, String what, String fix) {
        findings.refuse(Phase.INSTRUCTIONS, Code.BAD_FLAG, line, what, fix);
    }
}
