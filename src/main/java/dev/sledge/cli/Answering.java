package dev.sledge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command answers: on stdout, as text for a person or as JSON for a program; what is wrong goes to stderr. */
final class Answering {
    @Option(names = "--json", description = "Print the same facts as JSON, for programs.")
    boolean json;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Prints the answer for a program. */
    void print(JsonNode answer) {
        out().println(answer.toPrettyString());
        out().flush();
    }

    /** Prints the answer for a person; its last line is ended. */
    void print(String answer) {
        out().print(answer);
        out().flush();
    }
}
