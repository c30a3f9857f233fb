package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction.Declaration;
import dev.sledge.dockerfile.Instruction.Run;
import java.util.ArrayList;
import java.util.List;

/** DC04: a build argument that is another one each time stands above steps that do not need it. */
final class VolatileArgumentEarly extends DockerfileRule {
    VolatileArgumentEarly() {
        super("DC04", "A build argument that changes with every build stands above steps that do not use it.");
    }

    @Override
    List<Finding> find(Review review) {
        var findings = new ArrayList<Finding>();
        for (var stage : built(review)) {
            for (var early : EarlyArgument.in(stage.written(), VolatileArgumentEarly::isVolatile)) {
                var downloads = early.downloads();
                boolean sure = !downloads.isEmpty();
                // What builds may read any variable without naming it.
                var runs = sure ? downloads : early.before();
                findings.add(finding(
                        review,
                        sure ? Severity.WARNING : Severity.INFO,
                        early.arg().lines(),
                        early.names() + " is another one in each build, and every RUN below has it in its key: "
                                + lines(runs) + (sure ? " again for nothing." : " again, used or not."),
                        new LaterArgument(early, runs).text(),
                        sure ? 30.0 * runs.size() : 3));
            }
        }
        return findings;
    }

    private static boolean isVolatile(Declaration declaration) {
        return switch (declaration) {
            case Declaration.Plain(var name) -> VolatileName.is(name, "");
            case Declaration.WithDefault(var name, var value) -> VolatileName.is(name, value);
        };
    }

    private static String lines(List<Run> runs) {
        var numbers =
                runs.stream().map(run -> String.valueOf(run.lines().first())).toList();
        return runs.size() == 1
                ? "line " + numbers.getFirst() + " runs"
                : "lines " + String.join(", ", numbers.subList(0, numbers.size() - 1)) + " and " + numbers.getLast()
                        + " run";
    }
}
