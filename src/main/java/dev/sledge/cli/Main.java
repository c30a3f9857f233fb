package dev.sledge.cli;

import dev.sledge.build.BuildNotStartedException;
import dev.sledge.build.RegistryUnavailableException;
import dev.sledge.build.ResultsUnavailableException;
import dev.sledge.local.ImageNotFoundException;
import dev.sledge.local.LocalServiceException;
import dev.sledge.pipeline.HooksUnavailableException;
import dev.sledge.source.SourceUnavailableException;
import dev.sledge.webhook.SecretUnavailableException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code sledge} command. */
@Command(
        name = "sledge",
        mixinStandardHelpOptions = true,
        version = "sledge 0.1.0",
        description = "Turns a push to a repository into a Docker image, with a layer cache that is known to work.",
        subcommands = {
            DemoCommand.class,
            PushCommand.class,
            PlanCommand.class,
            RenderCommand.class,
            StagesCommand.class,
            CheckCommand.class,
            ConnectCommand.class,
            ServeCommand.class,
            BenchCommand.class,
            DoctorCommand.class
        },
        footer = {
            "",
            "Exit status: 0 done, 1 your input is wrong, 2 usage, 3 a service failed.",
            "Data is kept in $XDG_CACHE_HOME/sledge (~/.cache/sledge); deleting it is safe."
        })
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    public static void main(String[] args) {
        var interruption = Interruption.watch();
        var status = commandLine(interruption).execute(args);
        interruption.end();
        System.exit(status);
    }

    /** The whole command line, for tests too. */
    static CommandLine commandLine(Interruption interruption) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, command, parsed) -> interruption.happened()
                        ? ExitCode.SERVICE_FAILED.status()
                        : explain(exception, command.getErr()));
    }

    /** One message for each failure; a stack trace only for what nobody foresaw. */
    private static int explain(Exception exception, PrintWriter err) {
        return switch (exception) {
            case UserErrorException e -> say(err, e, ExitCode.INPUT_WRONG);
            case SourceUnavailableException e -> say(err, e, ExitCode.INPUT_WRONG);
            case ImageNotFoundException e -> say(err, e, ExitCode.INPUT_WRONG);
            case SecretUnavailableException e -> say(err, e, ExitCode.SERVICE_FAILED);
            case HooksUnavailableException e -> say(err, e, ExitCode.SERVICE_FAILED);
            case LocalServiceException e -> say(err, e, ExitCode.SERVICE_FAILED);
            case BuildNotStartedException e -> say(err, e, ExitCode.SERVICE_FAILED);
            case RegistryUnavailableException e -> say(err, e, ExitCode.SERVICE_FAILED);
            case ResultsUnavailableException e -> say(err, e, ExitCode.SERVICE_FAILED);
            default -> {
                err.println("sledge: this should not have happened; please report it with what follows");
                exception.printStackTrace(err);
                yield ExitCode.SERVICE_FAILED.status();
            }
        };
    }

    private static int say(PrintWriter err, Exception exception, ExitCode code) {
        err.println("sledge: " + exception.getMessage());
        return code.status();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
