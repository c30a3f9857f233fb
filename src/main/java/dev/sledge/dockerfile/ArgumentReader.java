package dev.sledge.dockerfile;

import dev.sledge.dockerfile.Instruction.Assignment;
import dev.sledge.dockerfile.Instruction.Declaration;
import dev.sledge.dockerfile.Json.Reading;
import dev.sledge.problem.Problem.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the arguments of one instruction in the forms they come in.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/line_parsers.go">line_parsers.go</a>
 */
final class ArgumentReader {
    private final InstructionLine line;
    private final String keyword;
    private final char escape;
    private final Findings findings;

    ArgumentReader(InstructionLine line, char escape, Findings findings) {
        this.line = line;
        this.keyword = line.keyword().toUpperCase(Locale.ROOT);
        this.escape = escape;
        this.findings = findings;
    }

    /** The whole rest as one argument. */
    String one() {
        if (line.arguments().isEmpty()) refuse(keyword + " has no argument", "write " + keyword + " and its value");
        return line.arguments();
    }

    /** Words between blanks, or the elements of a JSON array. */
    List<String> words() {
        return switch (json(line, line.arguments(), findings)) {
            case Reading.Strings(var elements) -> elements;
            case Reading.NotAnArray none -> Space.fields(line.arguments());
            case Reading.OtherElements other -> List.of();
        };
    }

    List<String> ports() {
        var ports = Space.fields(line.arguments());
        if (ports.isEmpty()) refuse("EXPOSE has no argument", "write EXPOSE and a port such as 8080 or 53/udp");
        return ports;
    }

    List<String> volumes() {
        var paths = words().stream().map(Space::trim).toList();
        if (paths.isEmpty() || paths.contains("")) {
            refuse(paths.isEmpty() ? "VOLUME has no argument" : "a path of VOLUME is empty", "write VOLUME and paths");
        }
        return paths;
    }

    /** A JSON array is run as it is, all else by the shell. */
    Command command() {
        return command(line, line.arguments(), findings);
    }

    static Command command(InstructionLine line, String text, Findings findings) {
        return switch (json(line, text, findings)) {
            case Reading.Strings(var elements) -> new Command.Exec(elements);
            case Reading.NotAnArray none -> new Command.Shell(text);
            case Reading.OtherElements other -> new Command.Exec(List.of());
        };
    }

    /** Only the JSON form is allowed, and not an empty one. */
    List<String> shell() {
        var read = json(line, line.arguments(), findings);
        if (read instanceof Reading.Strings(var elements) && !elements.isEmpty()) return elements;
        if (!(read instanceof Reading.OtherElements)) {
            refuse("SHELL needs a JSON array", "write it as SHELL [\"/bin/bash\", \"-c\"]");
        }
        return List.of();
    }

    /** {@code NAME} and {@code NAME=VALUE}, as many as there are. */
    List<Declaration> declarations() {
        var declarations = new ArrayList<Declaration>();
        var words = QuotedWords.split(line.arguments(), escape);
        if (words.isEmpty()) refuse("ARG has no argument", "write ARG NAME or ARG NAME=VALUE");
        for (var word : words) {
            int equals = word.indexOf('=');
            if (equals == 0) {
                refuse(
                        Phase.INSTRUCTIONS,
                        line.lineOf(word),
                        "a name of ARG is empty",
                        "write ARG NAME or ARG NAME=VALUE");
            } else if (equals < 0) {
                declarations.add(new Declaration.Plain(word));
            } else {
                declarations.add(new Declaration.WithDefault(word.substring(0, equals), word.substring(equals + 1)));
            }
        }
        return declarations;
    }

    /** {@code NAME=VALUE} as many as there are, or the old form {@code NAME VALUE} with one. */
    List<Assignment> assignments() {
        var words = QuotedWords.split(line.arguments(), escape);
        var assignments = new ArrayList<Assignment>();
        var form = "write " + keyword + " NAME=VALUE";
        if (words.isEmpty()) {
            refuse(keyword + " has no argument", form);
        } else if (!words.getFirst().contains("=")) {
            int end = Space.firstBlank(line.arguments());
            var value = Space.afterBlanks(line.arguments(), end);
            if (end == line.arguments().length()) {
                refuse(
                        Phase.PARSE,
                        line.line(),
                        keyword + " " + Findings.quote(line.arguments()) + " has no value",
                        form);
            }
            assignments.add(new Assignment(line.arguments().substring(0, end), value));
        } else {
            for (var word : words) {
                int equals = word.indexOf('=');
                if (equals < 0) refuse(Phase.PARSE, line.lineOf(word), Findings.quote(word) + " has no =", form);
                if (equals == 0) {
                    refuse(Phase.INSTRUCTIONS, line.lineOf(word), "a name of " + keyword + " is empty", form);
                }
                if (equals > 0) assignments.add(new Assignment(word.substring(0, equals), word.substring(equals + 1)));
            }
        }
        return assignments;
    }

    private static Reading json(InstructionLine line, String text, Findings findings) {
        var read = Json.array(text);
        if (read instanceof Reading.OtherElements) {
            findings.refuse(
                    Phase.PARSE,
                    Code.BAD_ARGUMENTS,
                    line.line(),
                    "the JSON array holds something else than strings",
                    "put every element in double quotes");
        }
        return read;
    }

    private void refuse(String what, String fix) {
        refuse(Phase.INSTRUCTIONS, line.line(), what, fix);
    }

    private void refuse(Phase phase, int place, String what, String fix) {
        findings.refuse(phase, Code.BAD_ARGUMENTS, place, what, fix);
    }
}
