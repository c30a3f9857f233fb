package dev.sledge.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sledge.local.Doctor;
import dev.sledge.local.Doctor.Finding;
import dev.sledge.local.WorkTree;
import dev.sledge.plan.Planning;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

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

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "A git work tree: also says whether the caches of its images can be expected to work.")
    private @Nullable Path directory;

    @Override
    public Integer call() {
        var out = answering.out();
        var findings = new ArrayList<>(Doctor.examine(System.getenv()));
        if (directory != null) {
            findings.addAll(caches(directory));
        }
        if (answering.json) {
            var array = new JsonMapper().createArrayNode();
            findings.forEach(finding -> array.addObject()
                    .put("what", finding.what())
                    .put("state", finding.state().name().toLowerCase(java.util.Locale.ROOT))
                    .put("detail", finding.detail()));
            out.println(array.toPrettyString());
        } else {
            var width = findings.stream()
                    .mapToInt(finding -> finding.what().length())
                    .max()
                    .orElse(0);
            for (var finding : findings) {
                out.printf("%-8s %-" + width + "s %s%n", finding.state().word(), finding.what(), finding.detail());
            }
        }
        out.flush();
        var broken = findings.stream().anyMatch(finding -> finding.state() == Finding.State.MISSING);
        return (broken ? ExitCode.SERVICE_FAILED : ExitCode.DONE).status();
    }

    /** Those of what is checked out, as it would be pushed. */
    private List<Finding> caches(Path directory) {
        var arguments = new WorkTreeArguments();
        arguments.directory = directory;
        try (var tree = WorkTree.open(directory)) {
            return switch (PlanCommand.plan(tree, arguments, PlanCommand.REGISTRY)) {
                case Planning.Planned(var plans, var warnings) ->
                    plans.stream()
                            .map(plan -> Doctor.cache(System.getenv(), plan, Instant.now()))
                            .toList();
                case Planning.Skipped(var why) -> List.of(new Finding("cache", Finding.State.LATER, why));
                case Planning.Unplannable(var problems) ->
                    problems.stream()
                            .map(problem -> new Finding("cache", Finding.State.MISSING, problem.toString()))
                            .toList();
            };
        }
    }
}
