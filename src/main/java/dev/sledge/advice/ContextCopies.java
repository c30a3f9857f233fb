package dev.sledge.advice;

import dev.sledge.dockerfile.ContextSource;
import dev.sledge.dockerfile.Instruction;
import dev.sledge.dockerfile.Instruction.Add;
import dev.sledge.dockerfile.Instruction.Copy;
import dev.sledge.dockerfile.Instruction.Run;
import java.util.List;
import java.util.TreeSet;

/** What instructions take from the build context, as far as their text tells. */
final class ContextCopies {
    private ContextCopies() {}

    /** The sources in the context that an instruction copies or mounts; empty for most. */
    static List<ContextSource> sources(Instruction instruction) {
        if (instruction instanceof Copy copy && copy.from().isEmpty()) return sources(copy.files(), copy.parents());
        if (instruction instanceof Add add) return sources(add.files(), false);
        if (instruction instanceof Run run) {
            return run.mounts().stream()
                    .filter(mount -> mount.readsContext())
                    .map(mount -> new ContextSource(mount.source(), false))
                    .toList();
        }
        return List.of();
    }

    private static List<ContextSource> sources(Instruction.Files files, boolean parents) {
        return files.sources().stream()
                .filter(source -> !isRemote(source))
                .map(source -> new ContextSource(source, parents))
                .toList();
    }

    /** Whether an {@code ADD} fetches the source instead of taking it from the context. */
    static boolean isRemote(String source) {
        return source.contains("://") || source.startsWith("git@");
    }

    /** Whether the instruction takes a file of this path, if it is sent. */
    static boolean takes(Instruction instruction, String path) {
        var paths = new TreeSet<>(List.of(path));
        return sources(instruction).stream()
                .anyMatch(source -> !source.taken(paths).isEmpty());
    }
}
