package dev.sledge.advice;

import dev.sledge.dockerfile.Instruction.Assignment;
import dev.sledge.dockerfile.Instruction.Declaration;
import dev.sledge.dockerfile.Instruction.Run;
import dev.sledge.dockerfile.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The lines that put an argument, with what takes its value, below the {@code RUN}s that do without it. */
final class LaterArgument {
    /**
     * What becomes of one instruction.
     *
     * @param stays what must be left of it in its place; empty for most
     */
    private record Part(Lines lines, String stays, List<String> moved) {}

    private final EarlyArgument early;
    private final Lines place;

    /** @param runs those that shall come first, in the order of the file; at least one */
    LaterArgument(EarlyArgument early, List<Run> runs) {
        this.early = early;
        this.place = runs.getLast().lines();
    }

    /** What is left of lines, if anything is, then what to write where and what to remove for it. */
    String text() {
        var parts = new ArrayList<Part>();
        parts.add(argument());
        for (var companion : early.companions()) {
            // One that stands lower already is right where it is.
            if (companion.env().lines().first() < place.first()) parts.add(companion(companion));
        }
        var text = new ArrayList<String>();
        var removed = new ArrayList<Lines>();
        for (var part : parts) {
            if (part.stays.isEmpty()) {
                removed.add(part.lines);
            } else {
                text.add("# what stays of " + Pasted.places(List.of(part.lines)) + ":");
                text.add(part.stays);
            }
        }
        text.add("# below line " + place.last() + (removed.isEmpty() ? "" : ", instead of " + Pasted.places(removed))
                + ":");
        parts.forEach(part -> text.addAll(part.moved));
        return String.join("\n", text);
    }

    private Part argument() {
        var others = early.arg().declarations().stream()
                .filter(declaration -> !early.declarations().contains(declaration))
                .map(LaterArgument::word)
                .collect(Collectors.joining(" "));
        return new Part(
                early.arg().lines(),
                others.isEmpty() ? "" : "ARG " + others,
                early.declarations().stream().map(one -> "ARG " + word(one)).toList());
    }

    private static Part companion(EarlyArgument.Companion companion) {
        var others = companion.others();
        // As it is written: the form without an equals sign cannot be put together again.
        if (others.isEmpty()) return new Part(companion.env().lines(), "", List.of(Pasted.line(companion.env())));
        return new Part(companion.env().lines(), env(others), List.of(env(companion.taking())));
    }

    private static String env(List<Assignment> assignments) {
        return assignments.stream()
                .map(pair -> pair.name() + "=" + pair.value())
                .collect(Collectors.joining(" ", "ENV ", ""));
    }

    private static String word(Declaration declaration) {
        return switch (declaration) {
            case Declaration.Plain(var name) -> name;
            case Declaration.WithDefault(var name, var value) -> name + "=" + value;
        };
    }
}
