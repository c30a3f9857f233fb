package dev.sledge.local;

/** Something on this machine that a build needs is not there or does not work; the message says what and how to mend it. */
public final class LocalServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LocalServiceException(String message) {
        super(message);
    }

    public LocalServiceException(String message, Throwable cause) {
        super(message, cause);
    }
}
