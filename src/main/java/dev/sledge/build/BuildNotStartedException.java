package dev.sledge.build;

/** The service that runs builds refused or could not be reached; nothing is running. */
public final class BuildNotStartedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BuildNotStartedException(String message) {
        super(message);
    }

    public BuildNotStartedException(String message, Throwable cause) {
        super(message, cause);
    }
}
