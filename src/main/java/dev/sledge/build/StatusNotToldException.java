package dev.sledge.build;

/** A forge did not take a status; the build is as it is. */
public final class StatusNotToldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StatusNotToldException(String message, Throwable cause) {
        super(message, cause);
    }

    public StatusNotToldException(String message) {
        super(message);
    }
}
