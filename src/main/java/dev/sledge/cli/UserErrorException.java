package dev.sledge.cli;

/** What the user asked for cannot be done; the message says what is wrong and how to mend it. */
final class UserErrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UserErrorException(String message) {
        super(message);
    }
}
