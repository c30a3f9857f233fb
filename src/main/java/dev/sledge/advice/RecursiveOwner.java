package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.Instruction.Copy;
import dev.sledge.dockerfile.Instruction.Run;
import dev.sledge.dockerfile.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** DC14: a step changes owner or mode of files that another one has copied. */
final class RecursiveOwner extends DockerfileRule {
    private static final Set<String> ACCOUNTS = Set.of("useradd", "adduser", "groupadd", "addgroup", "usermod");

    RecursiveOwner() {
        super("DC14", "A step changes the owner or mode of copied files, and so stores all of them a second time.");
    }

    @Override
    List<Finding> find(Review review) {
        var findings = new ArrayList<Finding>();
        for (var stage : built(review)) {
            var state = ImageState.withoutFiles(review.graph().globalArgs());
            for (var placed : Lineage.of(review.graph(), stage)) {
                if (placed.instruction() instanceof Run run && placed.stage().index() == stage.index()) {
                    recursive(run, state)
                            .flatMap(change -> finding(review, stage.written(), run, change))
                            .ifPresent(findings::add);
                }
                state.pass(placed.instruction());
            }
        }
        return findings;
    }

    /** One {@code chown -R} or {@code chmod -R}; {@code paths} are absolute. */
    private record Change(ShellCommand command, String value, List<String> paths) {}

    private static Optional<Change> recursive(Run run, ImageState state) {
        return ShellScript.commands(run).stream()
                .filter(command -> command.is("chown") || command.is("chmod"))
                .filter(command -> command.arguments().stream()
                        .anyMatch(word -> word.equals("--recursive") || word.matches("-[a-zA-Z]*R[a-zA-Z]*")))
                .filter(command -> command.operands().size() > 1)
                .map(command -> {
                    var operands = command.operands();
                    var directory = ImagePath.of(state.workdir(), command.directory());
                    return new Change(
                            command,
                            operands.getFirst(),
                            operands.subList(1, operands.size()).stream()
                                    .map(path -> ImagePath.of(directory, state.expand(path)))
                                    .toList());
                })
                .findFirst();
    }

    /** Looks for the copies of the same stage, above {@code run}, that put files where the change goes. */
    private Optional<Finding> finding(Review review, Stage stage, Run run, Change change) {
        var copies = new ArrayList<Copy>();
        boolean sure = change.command().is("chown") || change.value().matches("[0-7]{3,4}");
        var state = ImageState.withoutFiles(review.graph().globalArgs());
        for (var instruction : stage.instructions()) {
            if (instruction.lines().first() == run.lines().first()) break;
            if (instruction instanceof Copy copy && isBelow(target(copy, state), change.paths())) {
                if (flag(copy, change).isEmpty()) copies.add(copy);
            } else if (instruction instanceof Run other && !copies.isEmpty()) {
                // What it writes there belongs to root as well, and only the change reaches it.
                sure &= isAboutAccounts(other);
            }
            state.pass(instruction);
        }
        if (copies.isEmpty()) return Optional.empty();
        return Optional.of(finding(
                review,
                sure ? Severity.WARNING : Severity.INFO,
                run.lines(),
                "Line " + run.lines().first() + " touches every file that line "
                        + copies.getFirst().lines().first()
                        + " copied, and a layer holds a whole file even if only its "
                        + (change.command().is("chown") ? "owner" : "mode")
                        + " changed: they are stored, pushed and pulled twice.",
                fix(run, change, copies),
                sure ? 6 : 2));
    }

    private static String target(Copy copy, ImageState state) {
        return ImagePath.of(state.workdir(), state.expand(copy.files().destination()));
    }

    private static boolean isBelow(String target, List<String> paths) {
        return paths.stream()
                .anyMatch(path -> target.equals(path) || target.startsWith(path.endsWith("/") ? path : path + "/"));
    }

    private static String flag(Copy copy, Change change) {
        return change.command().is("chown")
                ? copy.files().chown()
                : copy.files().chmod();
    }

    private static boolean isAboutAccounts(Run run) {
        return ShellScript.commands(run).stream()
                .allMatch(
                        command -> ACCOUNTS.contains(command.program()) || command.is("mkdir") || command.is("chown"));
    }

    private static String fix(Run run, Change change, List<Copy> copies) {
        var lines = new ArrayList<String>();
        var accounts = ShellScript.commands(run).stream()
                .filter(command -> ACCOUNTS.contains(command.program()))
                .map(ShellCommand::text)
                .collect(Collectors.joining(" && "));
        if (!accounts.isEmpty()) lines.add("RUN " + accounts);
        var flag = (change.command().is("chown") ? "--chown=" : "--chmod=") + change.value();
        for (Instruction copy : copies) lines.add(Pasted.line(copy).replaceFirst("(?i)^COPY", "COPY " + flag));
        return String.join("\n", lines);
    }
}
