package dev.sledge.pipeline;

/** A forge's webhooks could not be read or changed; the message says what is missing. */
public final class HooksUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HooksUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public HooksUnavailableException(String message) {
        super(message);
    }
}
