package dev.sledge.build;

/** The store of results could not be read or written. */
public final class ResultsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ResultsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
