package dev.sledge.cli;

import dev.sledge.problem.Problem;
import java.io.PrintWriter;
import java.util.List;

/** Problems of the user's files as a compiler prints them: one a line. */
final class Problems {
    private Problems() {}

    /** Prints them and gives the exit status that goes with them. */
    static int print(List<Problem> problems, PrintWriter err) {
        problems.forEach(err::println);
        err.flush();
        return ExitCode.INPUT_WRONG.status();
    }

    /** Says why there is nothing to build, which is nobody's fault. */
    static int skipped(String why, PrintWriter err) {
        err.println("nothing to build: " + why);
        return ExitCode.DONE.status();
    }
}
