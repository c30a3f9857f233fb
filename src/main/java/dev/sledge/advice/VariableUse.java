package dev.sledge.advice;

import dev.sledge.dockerfile.Heredoc;
import dev.sledge.dockerfile.Instruction;
import java.util.Collection;
import java.util.regex.Pattern;

/** Whether an instruction names a variable anywhere, also without a dollar sign. */
final class VariableUse {
    private VariableUse() {}

    static boolean names(Instruction instruction, Collection<String> variables) {
        return variables.stream().anyMatch(name -> {
            var word = Pattern.compile("(?<![A-Za-z0-9_])" + Pattern.quote(name) + "(?![A-Za-z0-9_])");
            return word.matcher(instruction.source()).find()
                    || instruction.written().heredocs().stream()
                            .map(Heredoc::content)
                            .anyMatch(content -> word.matcher(content).find());
        });
    }
}
