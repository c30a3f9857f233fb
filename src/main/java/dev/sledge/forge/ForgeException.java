package dev.sledge.forge;

/** A forge's API could not be asked, or answered in a way that says nothing. */
class ForgeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ForgeException(String message) {
        super(message);
    }

    ForgeException(String message, Throwable cause) {
        super(message, cause);
    }
}
