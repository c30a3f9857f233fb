package dev.sledge.dockerfile;

/**
 * The step of BuildKit's reading that refuses a file, in their order; nothing after it is looked at.
 *
 * <p>{@link #DISPATCH} needs the base images or runs late: the stage graph is whole, only the build would fail.
 *
 * @see <a href="https://github.com/moby/buildkit/tree/master/frontend/dockerfile/dockerfile2llb">dockerfile2llb</a>
 */
public enum Phase {
    /** Text to logical lines. */
    PARSE,
    /** Logical lines to instructions. */
    INSTRUCTIONS,
    /** Values of the arguments before the first {@code FROM}. */
    META_ARGS,
    /** Names, base images and platforms of the stages. */
    STATES,
    /** The stage to build. */
    TARGET,
    /** What stages copy and mount from each other. */
    GRAPH,
    /** Whether the names of images outside are valid. */
    RESOLVE,
    /** What shows only while a stage is built. */
    DISPATCH
}
