package dev.sledge.dockerfile;

/**
 * One numbered step of BuildKit's log: {@code [build 3/6] RUN make}.
 *
 * @param stage name or {@code stage-N} as the log has it; empty where the log leaves it out
 * @param number counted from 1
 * @param total the number that follows the slash; BuildKit counts in every trigger, so it can exceed the last step
 * @param instruction what runs, the {@code FROM} for the base image
 * @param lines where; for a trigger those of the stage's {@code FROM}
 * @param triggered whether an {@code ONBUILD} of the base stage brought it
 */
public record Step(String stage, int number, int total, Instruction instruction, Lines lines, boolean triggered) {
    public Step {
        if (number < 1 || number > total) {
            throw new IllegalArgumentException("step " + number + " of " + total);
        }
    }

    /** The vertex name's prefix, such as {@code [build  3/12]}: the number is padded to the width of the total. */
    public String label() {
        var count = " "
                        .repeat(String.valueOf(total).length()
                                - String.valueOf(number).length()) + number + "/" + total;
        return stage.isEmpty() ? "[" + count + "]" : "[" + stage + " " + count + "]";
    }
}
