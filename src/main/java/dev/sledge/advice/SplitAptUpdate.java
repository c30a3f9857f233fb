package dev.sledge.advice;

import dev.sledge.dockerfile.Command;
import dev.sledge.dockerfile.Instruction.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** DC09: package lists are fetched in one step and used in another. */
final class SplitAptUpdate extends DockerfileRule {
    private static final Set<String> APT = Set.of("apt-get", "apt");

    SplitAptUpdate() {
        super("DC09", "Package lists are fetched in a step of their own, whose cached answer is older with every day.");
    }

    @Override
    List<Finding> find(Review review) {
        var findings = new ArrayList<Finding>();
        for (var stage : built(review)) {
            var runs = stage.written().instructions().stream()
                    .filter(Run.class::isInstance)
                    .map(Run.class::cast)
                    .toList();
            for (int i = 0; i < runs.size(); i++) {
                var update = runs.get(i);
                if (!does(update, "update") || does(update, "install")) continue;
                runs.subList(i + 1, runs.size()).stream()
                        .filter(later -> does(later, "install") || does(later, "update"))
                        .findFirst()
                        .filter(later -> !does(later, "update"))
                        .ifPresent(install -> findings.add(finding(review, update, install)));
            }
        }
        return findings;
    }

    private static boolean does(Run run, String subcommand) {
        return ShellScript.commands(run).stream()
                .anyMatch(command -> APT.contains(command.program())
                        && command.subcommand("-o", "-t", "-c").equals(subcommand));
    }

    private Finding finding(Review review, Run update, Run install) {
        return finding(
                review,
                Severity.WARNING,
                update.lines(),
                "Line " + update.lines().first()
                        + " comes from the cache with the lists of the day it first ran; `apt-get install` (line "
                        + install.lines().first() + ") then asks for versions that the archive may no longer have.",
                merged(update, install),
                15);
    }

    private static String merged(Run update, Run install) {
        boolean shell = update.command() instanceof Command.Shell
                && install.command() instanceof Command.Shell
                && update.written().heredocs().isEmpty()
                && install.written().heredocs().isEmpty();
        return shell
                ? Pasted.line(update) + " \\\n && " + text(install)
                : "Put `apt-get update` into the RUN of line " + install.lines().first() + ".";
    }

    private static String text(Run run) {
        return run.command() instanceof Command.Shell(var line) ? Pasted.line(line) : run.source();
    }
}
