package dev.sledge.dockerfile;

/** What a stage builds on, with all variables replaced. */
public sealed interface BaseImage {
    /** An image from a registry, as the Dockerfile names it: not normalised, and not looked up. */
    record Named(String reference) implements BaseImage {}

    /** A stage further up in the same file. */
    record EarlierStage(int index) implements BaseImage {}

    /** Nothing: {@code FROM scratch}. */
    record Scratch() implements BaseImage {}
}
