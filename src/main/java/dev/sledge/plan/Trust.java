package dev.sledge.plan;

/** How far whoever wrote the code of a build is trusted: a build runs what the code says. */
public enum Trust {
    /** People who may push to the repository. */
    TRUSTED,
    /** Anybody: such a build pushes no image and writes no cache. */
    FORK
}
