package dev.sledge.settings;

import dev.sledge.problem.Problem;
import java.util.List;

/** What came of reading a {@code sledge.yml}. */
public sealed interface SettingsReading {
    record Read(BuildSettings settings) implements SettingsReading {}

    /** Every problem of the file, in the order of its lines. */
    record Unreadable(List<Problem> problems) implements SettingsReading {
        public Unreadable {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("unreadable, yet no problem given");
            }
        }
    }
}
