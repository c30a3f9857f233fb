package dev.sledge.dockerfile;

/**
 * Files that one stage takes from another, or from an image.
 *
 * @param stage index of the stage that takes them
 * @param from stage or image as written
 * @param toStage index of the stage they come from, {@link #IMAGE} if they come from an image
 * @param line first line of the instruction; for a trigger that of the stage's {@code FROM}
 * @param triggered whether an {@code ONBUILD} of the base stage brought it
 */
public record Edge(int stage, Kind kind, String from, int toStage, int line, boolean triggered) {
    /** The {@code toStage} of an edge to an image. */
    public static final int IMAGE = -1;

    /** The instruction that takes them. */
    public enum Kind {
        /** {@code COPY --from} */
        COPY,
        /** {@code RUN --mount=from=} */
        MOUNT
    }

    public Edge {
        if (stage < 0 || toStage < IMAGE || from.isEmpty()) {
            throw new IllegalArgumentException("edge from stage " + stage + " to " + toStage + " '" + from + "'");
        }
    }

    /** Whether the source stands at or below the stage that needs it, which BuildKit cannot build. */
    public boolean pointsForward() {
        return toStage >= stage;
    }
}
