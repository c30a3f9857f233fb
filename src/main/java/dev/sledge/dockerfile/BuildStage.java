package dev.sledge.dockerfile;

import java.util.List;
import java.util.stream.Stream;

/**
 * A stage with its variables replaced and its triggers known.
 *
 * @param written the stage as it stands in the file
 * @param reference its base after substitution, as text
 * @param base what that text names
 * @param platform {@code --platform} after substitution, normalised, such as {@code linux/arm64}; empty if not given
 * @param triggers what the {@code ONBUILD}s of its base stage add; those of an image outside cannot be seen
 */
public record BuildStage(Stage written, String reference, BaseImage base, String platform, List<Instruction> triggers) {
    public BuildStage {
        triggers = List.copyOf(triggers);
    }

    public int index() {
        return written.index();
    }

    /** The name in lower case; empty if it has none. */
    public String name() {
        return written.name();
    }

    /** All that it does after {@code FROM}: the triggers, then its own instructions. */
    public List<Instruction> instructions() {
        return Stream.concat(triggers.stream(), written.instructions().stream()).toList();
    }
}
