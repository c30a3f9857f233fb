package dev.sledge.dockerfile;

import dev.sledge.problem.Problem;
import java.util.List;

/**
 * One build stage as written: a {@code FROM} and the instructions up to the next.
 *
 * @param index its place in the file, counted from 0
 * @param from the instruction that opens it
 * @param instructions those after {@code FROM}
 * @param flaws what BuildKit refuses only once it builds this stage, such as an unknown mount type
 */
public record Stage(int index, Instruction.From from, List<Instruction> instructions, List<Problem> flaws) {
    public Stage {
        if (index < 0) {
            throw new IllegalArgumentException("stage index " + index + " is negative");
        }
        instructions = List.copyOf(instructions);
        flaws = List.copyOf(flaws);
    }

    /** The name after {@code AS}, in lower case; empty if it has none. */
    public String name() {
        return from.name();
    }

    /** The name, or {@code stage-} and the index, as BuildKit's log has it. */
    public String label() {
        return name().isEmpty() ? "stage-" + index : name();
    }

    /** What it builds on, as written: an image, a stage, or a text with variables. */
    public String base() {
        return from.base();
    }

    /** The value of {@code --platform} as written; empty if there is none. */
    public String platform() {
        return from.platform();
    }

    /** The lines of its {@code FROM}. */
    public Lines lines() {
        return from.lines();
    }
}
