package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.local.Doctor;
import dev.sledge.local.Doctor.Finding;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sledge doctor}: whether this machine can build. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Says whether everything is there that a build on this machine needs, and what to do where it is not.",
        footer = {"", "Changes nothing. Exit status 3 if a build cannot run."})
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Answering answering;

    @Override
    public Integer call() {
        var out = answering.out();
        var findings = Doctor.examine(System.getenv());
        if (answering.json) {
            var array = new JsonMapper().createArrayNode();
            findings.forEach(finding -> array.addObject()
                    .put("what", finding.what())
                    .put("state", finding.state().name().toLowerCase(java.util.Locale.ROOT))
                    .put("detail", finding.detail()));
            out.println(array.toPrettyString());
        } else {
            for (var finding : findings) {
                out.printf("%-8s %-14s %s%n", finding.state().word(), finding.what(), finding.detail());
            }
        }
        out.flush();
        var broken = findings.stream().anyMatch(finding -> finding.state() == Finding.State.MISSING);
        return (broken ? ExitCode.SERVICE_FAILED : ExitCode.DONE).status();
    }
}
