package dev.sledge.build;

/** A build may go on although it was to stop. */
public final class BuildNotStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BuildNotStoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
