package dev.sledge.agent;

/** What was asked for is not there, which is nothing unusual. */
final class AbsentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AbsentException(String message) {
        super(message);
    }
}
