package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** DC11: what a step fetches changes, but its text and so its key do not. */
final class MovingFetch extends DockerfileRule {
    private static final Set<String> UPGRADES = Set.of("upgrade", "dist-upgrade", "full-upgrade");
    private static final Set<String> MANAGERS = Set.of("apt-get", "apt", "apk", "yum", "dnf", "microdnf");

    private static final Pattern CACHE_BUST = Pattern.compile("CACHE_?BUST", Pattern.CASE_INSENSITIVE);
    private static final String[] VALUED = {"--depth", "-c", "-o", "-j", "-b", "--branch", "--revision"};

    MovingFetch() {
        super("DC11", "A step fetches whatever is newest, and its cached result stays at what was newest once.");
    }

    private record Moving(Severity severity, String what, String fix) {}

    @Override
    List<Finding> find(Review review) {
        var findings = new ArrayList<Finding>();
        for (var run : runs(review)) {
            moving(run)
                    .ifPresent(moving ->
                            findings.add(finding(review, moving.severity, run.lines(), moving.what, moving.fix, 4)));
        }
        return findings;
    }

    private static Optional<Moving> moving(Run run) {
        // Who puts a number there to be raised knows.
        if (CACHE_BUST.matcher(run.source()).find()) return Optional.empty();
        var commands = ShellScript.commands(run);
        for (int i = 0; i < commands.size(); i++) {
            var found = moving(commands.get(i), commands.subList(i + 1, commands.size()));
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }

    private static Optional<Moving> moving(ShellCommand command, List<ShellCommand> after) {
        if (isUnpinnedClone(command, after)) {
            var operands = command.operands(VALUED);
            var repository = operands.get(1);
            var name = ImagePath.name(repository).replaceFirst("\\.git$", "");
            var target = operands.size() > 2 ? operands.get(2) : name;
            return Optional.of(new Moving(
                    Severity.WARNING,
                    "`git clone` takes the newest commit of the day on which this line first ran; the cache keeps it until"
                            + " the line changes.",
                    "ADD " + repository + "#COMMIT " + target));
        }
        if (command.text().contains("/releases/latest")) {
            return Optional.of(new Moving(
                    Severity.WARNING,
                    "The newest release of the day on which this line first ran is fetched; the cache keeps it until the line"
                            + " changes.",
                    "Name the release, as in /releases/download/v1.2.3/, and let a bot raise it."));
        }
        boolean upgrades = MANAGERS.contains(command.program()) && UPGRADES.contains(command.subcommand("-o", "-c"));
        return upgrades
                ? Optional.of(
                        new Moving(
                                Severity.INFO,
                                "`" + command.program()
                                        + " upgrade` brings what was new on the day on which this line first ran; the"
                                        + " cache keeps that, so later fixes do not come in.",
                                "Build on a base image by digest and let a bot renew it, or build without cache once in a while."))
                : Optional.empty();
    }

    private static boolean isUnpinnedClone(ShellCommand command, List<ShellCommand> after) {
        var operands = command.operands(VALUED);
        boolean clone = command.is("git")
                && operands.size() > 1
                && operands.getFirst().equals("clone")
                && operands.get(1).contains(":")
                && !operands.get(1).contains("$");
        boolean pinned = command.arguments().stream()
                        .anyMatch(word ->
                                word.equals("-b") || word.startsWith("--branch") || word.startsWith("--revision"))
                || after.stream()
                        .anyMatch(later -> later.is("git")
                                && later.operands().stream()
                                        .anyMatch(word -> Set.of("checkout", "reset", "switch", "fetch")
                                                .contains(word)));
        return clone && !pinned;
    }
}
