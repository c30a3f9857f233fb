package dev.sledge.dockerfile;

import dev.sledge.problem.Problem;
import java.util.List;

/** What came of reading an ignore file. */
public sealed interface IgnoreReading {
    /**
     * It can be read.
     *
     * @param warnings lines that do something else than they seem to, in the order of the file
     */
    record Read(IgnoreFile file, List<Problem> warnings) implements IgnoreReading {
        public Read {
            warnings = List.copyOf(warnings);
        }
    }

    /** The builder refuses it, and with it every build; all its problems, in the order of the file. */
    record Unreadable(List<Problem> problems) implements IgnoreReading {
        public Unreadable {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("unreadable, yet no problem given");
            }
        }
    }
}
