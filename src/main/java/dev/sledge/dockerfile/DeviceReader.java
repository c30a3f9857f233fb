package dev.sledge.dockerfile;

import dev.sledge.problem.Problem.Code;
import dev.sledge.problem.Suggestion;
import java.util.List;

/**
 * Checks one {@code --device} of {@code RUN}: a name, and {@code required}.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/master/frontend/dockerfile/instructions/commands_rundevice.go">
 *     ParseDevice</a>
 */
final class DeviceReader {
    private static final String FORM = "write --device=vendor/class=name, or --device=vendor/class=name,required";

    private final String text;
    private final InstructionLine line;
    private final Findings findings;
    private boolean named;

    DeviceReader(String text, InstructionLine line, Findings findings) {
        this.text = text;
        this.line = line;
        this.findings = findings;
    }

    void check() {
        switch (Csv.read(text)) {
            case Csv.Fields(var fields) -> fields.forEach(this::field);
            case Csv.Malformed(var why) -> refuse("is no list of fields: " + why, FORM);
        }
    }

    /** The first field that is no key is the name, even if it looks like one. */
    private void field(String field) {
        int equals = field.indexOf('=');
        var key = LowerCase.of(equals < 0 ? field : field.substring(0, equals));
        if (key.equals("required")) {
            if (equals >= 0 && !GoBoolean.isOne(field.substring(equals + 1))) {
                refuse("has the value " + Findings.quote(field.substring(equals + 1)) + " for required", FORM);
            }
        } else if (key.equals("name") && equals >= 0) {
            if (named) refuse("is named twice", "keep one of the names");
            named = named || equals + 1 < field.length();
        } else if (named) {
            var suggestion = Suggestion.orElse(key, List.of("name", "required"), FORM);
            refuse("has the unknown field " + Findings.quote(field), suggestion);
        } else {
            named = !field.isEmpty();
        }
    }

    private void refuse(String what, String fix) {
        findings.refuse(
                Phase.INSTRUCTIONS,
                Code.BAD_FLAG,
                line.lineOf(text),
                "--device=" + Findings.quote(text) + " " + what,
                fix);
    }
}
