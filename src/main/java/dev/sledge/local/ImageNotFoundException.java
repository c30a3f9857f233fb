package dev.sledge.local;

/** An image that a Dockerfile names cannot be had, and the Dockerfile is likely wrong about it: its name is nearly that of a stage. */
public final class ImageNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ImageNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
