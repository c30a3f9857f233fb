package dev.sledge.dockerfile;

/** The two builders that read Dockerfiles; they differ in which stages they build. */
public enum Builder {
    /** Builds what the target needs. */
    BUILDKIT,
    /** Builds every stage down to the target, needed or not. */
    CLASSIC
}
