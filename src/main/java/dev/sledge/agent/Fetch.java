package dev.sledge.agent;

/**
 * What is to be fetched.
 *
 * @param range blocks that lie side by side, of one image
 * @param urgency who needs it
 */
record Fetch(BlockRange range, Urgency urgency) {
    /** Who needs a block. */
    enum Urgency {
        /** Somebody waits. */
        DEMANDED,
        /** An earlier build read it. */
        REMEMBERED,
        /** Nobody did yet. */
        STREAMED
    }
}
