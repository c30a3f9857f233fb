package dev.sledge.advice;

import dev.sledge.dockerfile.Heredoc;
import dev.sledge.dockerfile.Instruction;
import java.util.Collection;
import java.util.regex.Pattern;

/** Whether an instruction names a variable anywhere, also without a dollar sign. */
final class VariableUse {
    private VariableUse() {}

    static boolean names(Instruction instruction, Collection<String> variables) {
        return names(instruction.source(), variables)
                || instruction.written().heredocs().stream()
                        .map(Heredoc::content)
                        .anyMatch(content -> names(content, variables));
    }

    static boolean names(String text, Collection<String> variables) {
        return variables.stream()
                .anyMatch(name -> Pattern.compile("(?<![A-Za-z0-9_])" + Pattern.quote(name) + "(?![A-Za-z0-9_])")
                        .matcher(text)
                        .find());
    }
}
