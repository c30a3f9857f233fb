package dev.sledge.plan;

/**
 * An image that stages take from outside.
 *
 * @param reference as FROM, COPY --from or a mount names it
 * @param line where the Dockerfile first names it, from 1
 * @param meant the stage whose name is so near that it may have been meant; empty as a rule
 */
public record PlannedImage(String reference, int line, String meant) {
    public PlannedImage {
        if (reference.isEmpty() || line < 1) {
            throw new IllegalArgumentException("image '" + reference + "' on line " + line);
        }
    }
}
