package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.Instruction.Arg;
import dev.sledge.dockerfile.Instruction.Assignment;
import dev.sledge.dockerfile.Instruction.Declaration;
import dev.sledge.dockerfile.Instruction.Run;
import dev.sledge.dockerfile.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An {@code ARG} that stands before {@code RUN}s that do not name it, and so has its value in their keys for nothing.
 *
 * @param arg declares it
 * @param declarations those of its names that are meant
 * @param before the {@code RUN}s between it and the first instruction that uses it; at least one
 * @param companions {@code ENV}s among them that must move with it
 */
record EarlyArgument(Arg arg, List<Declaration> declarations, List<Run> before, List<Instruction> companions) {
    /** More than a message can name; an argument that is too early for these is too early. */
    private static final int MOST_RUNS = 20;

    /** Looks in {@code stage} for arguments that {@code meant} picks out. */
    static List<EarlyArgument> in(Stage stage, Predicate<Declaration> meant) {
        var found = new ArrayList<EarlyArgument>();
        var instructions = stage.instructions();
        for (int i = 0; i < instructions.size(); i++) {
            if (!(instructions.get(i) instanceof Arg arg)) continue;
            var declarations = arg.declarations().stream().filter(meant).toList();
            if (declarations.isEmpty()) continue;
            from(arg, declarations, instructions.subList(i + 1, instructions.size()))
                    .ifPresent(found::add);
        }
        return found;
    }

    private static Optional<EarlyArgument> from(Arg arg, List<Declaration> declarations, List<Instruction> after) {
        var names = new HashSet<String>();
        declarations.forEach(declaration -> names.add(declaration.name()));
        var before = new ArrayList<Run>();
        var companions = new ArrayList<Instruction>();
        for (var instruction : after) {
            boolean uses = VariableUse.names(instruction, names);
            if (instruction instanceof Instruction.Env env && uses) {
                env.assignments().stream().map(Assignment::name).forEach(names::add);
                companions.add(env);
            } else if (instruction instanceof Run run) {
                if (uses || before.size() == MOST_RUNS) break;
                before.add(run);
            } else if (uses && instruction.isStep()) {
                break;
            }
        }
        var last = before.isEmpty() ? 0 : before.getLast().lines().last();
        companions.removeIf(companion -> companion.lines().first() > last);
        return before.isEmpty()
                ? Optional.empty()
                : Optional.of(new EarlyArgument(arg, declarations, before, companions));
    }

    /** The names, separated by commas. */
    String names() {
        return String.join(", ", declarations.stream().map(Declaration::name).toList());
    }

    /** The {@code RUN}s that are known not to read it from their environment: they only fetch. */
    List<Run> downloads() {
        return before.stream().filter(Installs::isOnlyDownload).toList();
    }

    /** What to write below the last of {@code runs}, and what to remove where it stands now. */
    String moved(List<Run> runs) {
        var lines = new ArrayList<String>();
        lines.add("# below line " + runs.getLast().lines().last() + ", instead of line "
                + arg.lines().first() + ":");
        for (var declaration : declarations) {
            lines.add(
                    switch (declaration) {
                        case Declaration.Plain(var name) -> "ARG " + name;
                        case Declaration.WithDefault(var name, var value) -> "ARG " + name + "=" + value;
                    });
        }
        companions.forEach(companion -> lines.add(Pasted.line(companion)));
        return String.join("\n", lines);
    }
}
