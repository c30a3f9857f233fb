package dev.sledge.agent;

/** The agent is asked for what it does not understand. Its message is for whoever reads the build's log. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
