package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.Instruction.Arg;
import dev.sledge.dockerfile.Instruction.Assignment;
import dev.sledge.dockerfile.Instruction.Declaration;
import dev.sledge.dockerfile.Instruction.Env;
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
record EarlyArgument(Arg arg, List<Declaration> declarations, List<Run> before, List<Companion> companions) {
    /** More than a message can name; an argument that is too early for these is too early. */
    private static final int MOST_RUNS = 20;

    /**
     * An {@code ENV} that takes its value from the argument.
     *
     * @param taking those of its assignments that do; at least one
     */
    record Companion(Env env, List<Assignment> taking) {
        /** Its other assignments, which can stay where they are. */
        List<Assignment> others() {
            return env.assignments().stream()
                    .filter(pair -> !taking.contains(pair))
                    .toList();
        }
    }

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
        var companions = new ArrayList<Companion>();
        for (var instruction : after) {
            boolean uses = VariableUse.names(instruction, names);
            if (instruction instanceof Env env && uses) {
                var taking = env.assignments().stream()
                        .filter(pair -> VariableUse.names(pair.name() + "=" + pair.value(), names))
                        .toList();
                taking.forEach(pair -> names.add(pair.name()));
                companions.add(new Companion(env, taking));
            } else if (instruction instanceof Run run) {
                if (uses || before.size() == MOST_RUNS) break;
                before.add(run);
            } else if (uses && instruction.isStep()) {
                break;
            }
        }
        var last = before.isEmpty() ? 0 : before.getLast().lines().last();
        companions.removeIf(companion -> companion.env().lines().first() > last);
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
}
