package dev.sledge.cli;

/** What the command's exit status says, the same for every subcommand. */
enum ExitCode {
    DONE(0),
    /** The user's files or arguments say something that cannot be done. */
    INPUT_WRONG(1),
    /** The command line is not understood. */
    USAGE(2),
    /** Something that the work needs is not there or failed. */
    SERVICE_FAILED(3);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }
}
