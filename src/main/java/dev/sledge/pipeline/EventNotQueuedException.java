package dev.sledge.pipeline;

/** A verified event could not be queued; nothing will be done about it unless it is delivered again. */
public final class EventNotQueuedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EventNotQueuedException(String message, Throwable cause) {
        super(message, cause);
    }
}
